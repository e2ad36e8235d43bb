CREATE TABLE `signal_version` (
	`signal_id` text NOT NULL,
	`day` integer NOT NULL,
	`exchange` text NOT NULL,
	`run_id` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`signal_id`, `day`)
);
--> statement-breakpoint
CREATE INDEX `signal_version_day` ON `signal_version` (`exchange`,`day`);--> statement-breakpoint
CREATE TABLE `version_reach` (
	`exchange` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `signal_event` ADD `superseded_by` text;--> statement-breakpoint
ALTER TABLE `signal` ADD `withdrawn_by` text;--> statement-breakpoint
CREATE INDEX `signal_withdrawn` ON `signal` (`exchange`) WHERE "signal"."withdrawn_by" is not null;--> statement-breakpoint
CREATE INDEX `scan_run_session` ON `scan_run` (`exchange`,`as_of`);