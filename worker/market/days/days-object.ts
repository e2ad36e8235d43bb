/** The part of a book's object that concerns the days of a real market: what others call of it over RPC. */
import { DurableObject } from "cloudflare:workers";
import type { DayDeliveryPort, TakenDelivery, WantedFromVendors } from "../../app/ports/market-sources.ts";
import type { MarketDays } from "./market-days.ts";

export abstract class DaysObject extends DurableObject<unknown> {
  protected abstract readonly days: MarketDays;

  backfill(): ReturnType<MarketDays["backfill"]> {
    return this.days.backfill();
  }

  async beginBackfill(): ReturnType<MarketDays["beginBackfill"]> {
    return this.days.beginBackfill();
  }

  async marketStatus(): ReturnType<MarketDays["status"]> {
    return this.days.status();
  }

  async followMarket(): Promise<void> {
    await this.days.follow();
  }

  async wantedDays(...asked: Parameters<DayDeliveryPort["wantedDays"]>): Promise<WantedFromVendors> {
    return this.days.deliveries.wanted(...asked);
  }

  async takeDay(...delivered: Parameters<DayDeliveryPort["takeDay"]>): Promise<TakenDelivery> {
    return this.days.deliveries.take(...delivered);
  }

  async quotes(...asked: Parameters<MarketDays["quotes"]>): ReturnType<MarketDays["quotes"]> {
    return this.days.quotes(...asked);
  }

  async checkSources(): ReturnType<MarketDays["checkSources"]> {
    return this.days.checkSources();
  }

  async forgetDenials(): ReturnType<MarketDays["forgetDenials"]> {
    return this.days.forgetDenials();
  }
}
