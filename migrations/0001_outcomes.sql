CREATE TABLE `outcome_measure` (
	`exchange` text PRIMARY KEY NOT NULL,
	`as_of` integer NOT NULL,
	`params_version` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outcome` (
	`signal_id` text NOT NULL,
	`horizon` integer NOT NULL,
	`exchange` text NOT NULL,
	`ticker` text NOT NULL,
	`entered_on` integer NOT NULL,
	`grade` text NOT NULL,
	`contractions` integer NOT NULL,
	`gate` text,
	`params_version` text NOT NULL,
	`fill` text NOT NULL,
	`entry` real,
	`stop` real,
	`change` real,
	`r` real,
	`best` real,
	`worst` real,
	`touch` text,
	`baseline` real,
	`peers` integer,
	PRIMARY KEY(`signal_id`, `horizon`)
);
--> statement-breakpoint
CREATE INDEX `outcome_read` ON `outcome` (`exchange`,`params_version`,`entered_on`,`signal_id`,`horizon`);--> statement-breakpoint
ALTER TABLE `signal` ADD `entered_on` integer;--> statement-breakpoint
CREATE INDEX `signal_entered` ON `signal` (`exchange`,`entered_on`,`id`);--> statement-breakpoint
UPDATE `signal` SET `entered_on` = max(json_extract(`detail`, '$.triggeredOn'), json_extract(`detail`, '$.bornOn'));
