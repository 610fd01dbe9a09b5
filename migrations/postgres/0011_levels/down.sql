DROP TABLE consolidated_revisions;
DROP TABLE period_levels;
DROP TABLE level_leads;
DROP TABLE self_receipts;
DROP TABLE behalf_revisions;
DROP TABLE kept_drafts;
DROP TABLE behalf_typings;
