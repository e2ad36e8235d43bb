CREATE TABLE `instrument` (
	`exchange` text NOT NULL,
	`ticker` text NOT NULL,
	`name` text NOT NULL,
	`market` text NOT NULL,
	`kind` text NOT NULL,
	`notice` text,
	`industry` text,
	`listed_on` integer,
	`listed_shares` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`exchange`, `ticker`)
);
--> statement-breakpoint
CREATE TABLE `market_gate` (
	`exchange` text NOT NULL,
	`day` integer NOT NULL,
	`status` text NOT NULL,
	`level` real,
	`confidence` real NOT NULL,
	`updated_at` integer NOT NULL,
	`run_id` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`exchange`, `day`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`exchange` text NOT NULL,
	`topic` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`exchange`,`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `outbox_published` ON `outbox` (`published_at`);--> statement-breakpoint
CREATE TABLE `scan_run` (
	`id` text PRIMARY KEY NOT NULL,
	`exchange` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`as_of` integer,
	`params_version` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`saved` integer NOT NULL,
	`reason` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `scan_run_newest` ON `scan_run` (`exchange`,`started_at`,`id`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `signal_event` (
	`signal_id` text NOT NULL,
	`seq` integer NOT NULL,
	`exchange` text NOT NULL,
	`day` integer NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`signal_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `signal` (
	`id` text PRIMARY KEY NOT NULL,
	`exchange` text NOT NULL,
	`ticker` text NOT NULL,
	`market` text NOT NULL,
	`state` text NOT NULL,
	`grade` text NOT NULL,
	`score` real NOT NULL,
	`born_on` integer NOT NULL,
	`ended_on` integer,
	`applied_on` integer NOT NULL,
	`high_day` integer NOT NULL,
	`pivot_day` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`run_id` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `signal_open` ON `signal` (`exchange`,`ended_on`,"score" desc,`id`);--> statement-breakpoint
CREATE INDEX `signal_state` ON `signal` (`exchange`,`state`,"score" desc,`id`);--> statement-breakpoint
CREATE INDEX `signal_ticker` ON `signal` (`exchange`,`ticker`);