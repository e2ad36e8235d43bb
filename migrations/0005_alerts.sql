CREATE TABLE `alert_event` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`exchange` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_event_id_unique` ON `alert_event` (`id`);--> statement-breakpoint
CREATE INDEX `alert_event_of` ON `alert_event` (`exchange`,`position`);--> statement-breakpoint
CREATE TABLE `alert_rule` (
	`holder` text NOT NULL,
	`id` text NOT NULL,
	`updated_at` integer NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`holder`, `id`)
);
--> statement-breakpoint
CREATE TABLE `push_subscription` (
	`id` text PRIMARY KEY NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`token_hash` text NOT NULL,
	`is_reader` integer NOT NULL,
	`network` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscription_endpoint_unique` ON `push_subscription` (`endpoint`);--> statement-breakpoint
CREATE INDEX `push_subscription_network` ON `push_subscription` (`network`);