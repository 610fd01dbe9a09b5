DROP TABLE unit_change_effects;
