ALTER TABLE `alert_event` ADD `nth` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `alert_event_nth` ON `alert_event` (`exchange`,`nth`);