DROP TABLE revision_remark_answers;
DROP TABLE draft_remark_answers;
DROP TABLE remarks;
DROP TABLE draft_remarks;
