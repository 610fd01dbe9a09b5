DROP TABLE unit_plan_links;
DROP TABLE unit_plan_blocks;
DROP TABLE unit_plans;
