CREATE TABLE `owner_action` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`method` text NOT NULL,
	`path` text NOT NULL,
	`request_id` text NOT NULL,
	`network` text,
	`status` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `owner_action_at` ON `owner_action` (`at`);