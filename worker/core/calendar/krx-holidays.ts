/**
 * CA1: the weekdays on which the Korea Exchange is closed, as data. Facts, collected by hand; each year has its own confidence.
 * Saturdays and Sundays are closed anyway and stand here only through their substitute days.
 */

/**
 * `confirmed`: every weekday of the year agrees with the days of the exchange's own index. `announced`: as the exchange
 * published it. `derived`: from the law on public holidays; elections and days off by decree cannot be known yet.
 */
export type CalendarConfidence = "confirmed" | "announced" | "derived";

/** As the page shows it, in its two languages. */
export interface HolidayName {
  readonly en: string;
  readonly ko: string;
}

export interface HolidayYear {
  readonly year: number;
  readonly confidence: CalendarConfidence;
  /** `MM-DD name`, in order. */
  readonly closed: readonly string[];
  /** The day of the college entrance exam: the session is an hour later. */
  readonly exam: string;
}

/** The reasons for a closed day, by the name that the years below use. */
export const HOLIDAY_NAMES: Readonly<Record<string, HolidayName>> = {
  new_year: { en: "New Year's Day", ko: "신정" },
  seollal: { en: "Seollal", ko: "설날" },
  samil: { en: "Independence Movement Day", ko: "삼일절" },
  labour: { en: "Labour Day", ko: "노동절" },
  children: { en: "Children's Day", ko: "어린이날" },
  buddha: { en: "Buddha's Birthday", ko: "부처님오신날" },
  memorial: { en: "Memorial Day", ko: "현충일" },
  constitution: { en: "Constitution Day", ko: "제헌절" },
  liberation: { en: "Liberation Day", ko: "광복절" },
  chuseok: { en: "Chuseok", ko: "추석" },
  foundation: { en: "National Foundation Day", ko: "개천절" },
  hangul: { en: "Hangul Day", ko: "한글날" },
  christmas: { en: "Christmas", ko: "성탄절" },
  election: { en: "Election day", ko: "선거일" },
  substitute: { en: "Substitute holiday", ko: "대체공휴일" },
  decreed: { en: "Temporary holiday", ko: "임시공휴일" },
  year_end: { en: "Year-end closing", ko: "연말 휴장일" },
};

/** A year that is missing here is unknown to the calendar (CA1). */
export const HOLIDAY_YEARS: readonly HolidayYear[] = [
  {
    year: 2023,
    confidence: "confirmed",
    closed: [
      ..."01-23 seollal,01-24 substitute,03-01 samil,05-01 labour,05-05 children,05-29 substitute".split(","),
      ..."06-06 memorial,08-15 liberation,09-28 chuseok,09-29 chuseok,10-02 decreed".split(","),
      ..."10-03 foundation,10-09 hangul,12-25 christmas,12-29 year_end".split(","),
    ],
    exam: "11-16",
  },
  {
    year: 2024,
    confidence: "confirmed",
    closed: [
      ..."01-01 new_year,02-09 seollal,02-12 substitute,03-01 samil,04-10 election,05-01 labour".split(","),
      ..."05-06 substitute,05-15 buddha,06-06 memorial,08-15 liberation,09-16 chuseok".split(","),
      ..."09-17 chuseok,09-18 chuseok,10-01 decreed,10-03 foundation,10-09 hangul".split(","),
      ..."12-25 christmas,12-31 year_end".split(","),
    ],
    exam: "11-14",
  },
  {
    year: 2025,
    confidence: "confirmed",
    closed: [
      ..."01-01 new_year,01-27 decreed,01-28 seollal,01-29 seollal,01-30 seollal".split(","),
      ..."03-03 substitute,05-01 labour,05-05 children,05-06 substitute,06-03 election".split(","),
      ..."06-06 memorial,08-15 liberation,10-03 foundation,10-06 chuseok,10-07 chuseok".split(","),
      ..."10-08 substitute,10-09 hangul,12-25 christmas,12-31 year_end".split(","),
    ],
    exam: "11-13",
  },
  {
    year: 2026,
    confidence: "announced",
    closed: [
      ..."01-01 new_year,02-16 seollal,02-17 seollal,02-18 seollal,03-02 substitute".split(","),
      ..."05-01 labour,05-05 children,05-25 substitute,06-03 election,07-17 constitution".split(","),
      ..."08-17 substitute,09-24 chuseok,09-25 chuseok,10-05 substitute,10-09 hangul".split(","),
      ..."12-25 christmas,12-31 year_end".split(","),
    ],
    exam: "11-19",
  },
  {
    year: 2027,
    confidence: "derived",
    closed: [
      ..."01-01 new_year,02-08 seollal,02-09 substitute,03-01 samil,05-03 substitute".split(","),
      ..."05-05 children,05-13 buddha,07-19 substitute,08-16 substitute,09-14 chuseok".split(","),
      ..."09-15 chuseok,09-16 chuseok,10-04 substitute,10-11 substitute,12-27 substitute".split(","),
      ..."12-31 year_end".split(","),
    ],
    exam: "11-18",
  },
];
