/** The schemas of the wire by the names that the OpenAPI document gives them. Each is defined once there and referred to. */
import { AlertEventRow, AlertEventsBody } from "../../protocol/rest/alert-events.ts";
import { AlertRuleBody, AlertRuleRow } from "../../protocol/rest/alert-rules.ts";
import {
  AlertsBody,
  ChannelAnswer,
  ChannelBody,
  ChannelRow,
  DeliveriesBody,
  DeliveryRow,
  PushKeyBody,
  RemovedBody,
  SubscribedBody,
  SubscriptionBody,
  SubscriptionRow,
  TestAnswer,
} from "../../protocol/rest/alerts.ts";
import { CalendarBody } from "../../protocol/rest/calendar.ts";
import { CorrectionAnswer, DueBody, EmptiedBody, RemovalBody } from "../../protocol/rest/correction.ts";
import { ChartBody } from "../../protocol/rest/chart.ts";
import { DemoAnswer, HealthBody, SocketStats } from "../../protocol/rest/health.ts";
import {
  BackfillBody,
  FindingsBody,
  ImportPosition,
  ImportReportBody,
  OwnerActionBody,
  OwnerActionsBody,
} from "../../protocol/rest/owner.ts";
import { DayDelivery, DeliveryAnswer, WantedDays } from "../../protocol/rest/market-days.ts";
import { LoginBody, SessionBody } from "../../protocol/rest/reader-session.ts";
import { InstrumentBody, StockBody, StocksBody } from "../../protocol/rest/stock.ts";
import { MarketGateBody, MarketGateData, MarketGateHistory } from "../../protocol/market-gate.ts";
import { MarketStatusBody } from "../../protocol/rest/market-status.ts";
import { PerformanceBody, PerformanceCell, PerformanceGroup } from "../../protocol/rest/performance.ts";
import {
  PerformanceSignal,
  PerformanceSignalsBody,
  StudyEntriesBody,
  StudyEntryRow,
} from "../../protocol/rest/outcome-list.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import {
  CorrectionRequest,
  DemoBody,
  EmptyRequest,
  ExchangeBody,
  ScanBody,
} from "../../protocol/rest/query.ts";
import { FormingBody } from "../../protocol/rest/forming.ts";
import { IndexQuote, IndicesBody, PriceQuote, PricesBody } from "../../protocol/rest/quote.ts";
import { ForgottenBody, SourceCheckBody } from "../../protocol/rest/source-check.ts";
import { ScanAnswer } from "../../protocol/rest/scan-report.ts";
import { RunBody, RunDetail, RunsBody, ScanStatus } from "../../protocol/rest/scan-run.ts";
import { SignalDetail, SignalEventBody, SignalEventsBody } from "../../protocol/rest/signal.ts";
import {
  EndedSignal,
  EndedSignalsBody,
  SignalsBody,
  StockSignalsBody,
  VcpSignalsBody,
} from "../../protocol/rest/signal-list.ts";
import { NamesBody } from "../../protocol/rest/names.ts";
import { SignalRow } from "../../protocol/signal-row.ts";
import { StudyBody, StudyStatus } from "../../protocol/rest/study.ts";
import {
  StudyCohort,
  StudyDifference,
  StudyFigure,
  StudyGroup,
  StudyMeasures,
} from "../../protocol/rest/study-report.ts";
import { VerdictBody } from "../../protocol/verdict.ts";

/** The names are public: generated clients call their types by them. */
export const SCHEMAS = {
  ActiveExchange: ExchangeBody,
  AlertChannel: ChannelRow,
  AlertChannelAnswer: ChannelAnswer,
  AlertChannelBody: ChannelBody,
  AlertDeliveries: DeliveriesBody,
  AlertDelivery: DeliveryRow,
  AlertEvent: AlertEventRow,
  AlertEvents: AlertEventsBody,
  AlertRemoved: RemovedBody,
  AlertRule: AlertRuleRow,
  AlertRuleBody,
  Alerts: AlertsBody,
  AlertTest: TestAnswer,
  Calendar: CalendarBody,
  Chart: ChartBody,
  CorrectionAnswer,
  CorrectionRequest,
  DayDelivery,
  DeliveryAnswer,
  DemoAnswer,
  DemoCommand: DemoBody,
  DueCorrections: DueBody,
  Emptied: EmptiedBody,
  EmptyRequest,
  EndedSignal,
  EndedSignals: EndedSignalsBody,
  Backfill: BackfillBody,
  Findings: FindingsBody,
  Forming: FormingBody,
  ForgottenDenials: ForgottenBody,
  Health: HealthBody,
  ImportPosition,
  ImportReport: ImportReportBody,
  IndexQuote,
  Indices: IndicesBody,
  Instrument: InstrumentBody,
  Login: LoginBody,
  MarketGate: MarketGateBody,
  MarketGateData,
  MarketGateHistory,
  MarketStatus: MarketStatusBody,
  Names: NamesBody,
  OwnerAction: OwnerActionBody,
  OwnerActions: OwnerActionsBody,
  Performance: PerformanceBody,
  PerformanceCell,
  PerformanceGroup,
  PerformanceSignal,
  PerformanceSignals: PerformanceSignalsBody,
  PriceQuote,
  Prices: PricesBody,
  Problem,
  PushKey: PushKeyBody,
  PushRules: SubscriptionRow,
  PushSubscribed: SubscribedBody,
  PushSubscription: SubscriptionBody,
  Removal: RemovalBody,
  Run: RunBody,
  RunDetail,
  Runs: RunsBody,
  ScanAnswer,
  ScanRequest: ScanBody,
  ScanStatus,
  Session: SessionBody,
  Signal: SignalDetail,
  SignalEvent: SignalEventBody,
  SignalEvents: SignalEventsBody,
  SignalRow,
  Signals: SignalsBody,
  SocketStats,
  Stock: StockBody,
  SourceCheck: SourceCheckBody,
  StockSignals: StockSignalsBody,
  Stocks: StocksBody,
  Study: StudyBody,
  StudyCohort,
  StudyDifference,
  StudyEntries: StudyEntriesBody,
  StudyEntry: StudyEntryRow,
  StudyFigure,
  StudyGroup,
  StudyMeasures,
  StudyStatus,
  Verdict: VerdictBody,
  VcpSignals: VcpSignalsBody,
  WantedDays,
} as const;
