DROP TABLE recipient_form_uses;
DROP TABLE recipient_form_bindings;
DROP TABLE recipient_form_blocks;
DROP TABLE recipient_forms;
