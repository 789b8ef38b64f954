package io.orderbridge.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Due times and ages around the National Day of 2026: 1 to 7 October off, 10 October worked. */
@Tag("R41")
class BusinessCalendarTest {
  private static final BusinessCalendar CHINA =
      new BusinessCalendar(
          ZoneId.of("Asia/Shanghai"),
          LocalTime.of(18, 0),
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
          IntStream.rangeClosed(1, 7)
              .mapToObj(day -> LocalDate.of(2026, 10, day))
              .collect(Collectors.toSet()),
          Set.of(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 10)));

  private static Instant at(String local) {
    return OffsetDateTime.parse(local + "+08:00").toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    // A weekend between.
    "2026-11-20T10:00:00, 1 business day, 2026-11-23T18:00:00",
    // The last minute of Friday in Shanghai is Friday still (15:59 in UTC).
    "2026-11-20T23:59:59, 1 business day, 2026-11-23T18:00:00",
    "2026-11-21T00:00:00, 1 business day, 2026-11-23T18:00:00",
    "2026-11-22T23:59:59, 1 business day, 2026-11-23T18:00:00",
    // A minute later it is Monday, and the term begins there.
    "2026-11-23T00:00:00, 1 business day, 2026-11-24T18:00:00",
    "2026-11-19T23:59:59, 1 business day, 2026-11-20T18:00:00",
    "2026-11-20T00:00:00, 1 business day, 2026-11-23T18:00:00",
    // A week of holidays between.
    "2026-09-30T09:00:00, 1 business day, 2026-10-08T18:00:00",
    "2026-10-03T12:00:00, 2 business days, 2026-10-09T18:00:00",
    // Saturday 10 October is worked, Sunday 11 is not.
    "2026-10-09T20:00:00, 1 business day, 2026-10-10T18:00:00",
    "2026-10-09T20:00:00, 2 business days, 2026-10-12T18:00:00",
    "2026-10-10T23:59:59, 1 business day, 2026-10-12T18:00:00",
    // Sunday 20 September is worked as well.
    "2026-09-18T10:00:00, 1 business day, 2026-09-20T18:00:00",
    // Hours are by the clock.
    "2026-10-01T23:59:00, 4h, 2026-10-02T03:59:00",
    "2026-10-01T23:59:00, 30m, 2026-10-02T00:29:00",
  })
  void a_term_ends_when_people_have_had_the_time(String from, String term, String due) {
    assertThat(Term.parse(term).after(at(from), CHINA)).isEqualTo(at(due));
  }

  @Test
  void in_the_night_of_summer_time_a_day_still_ends_at_its_time() {
    BusinessCalendar berlin =
        new BusinessCalendar(
            ZoneId.of("Europe/Berlin"),
            LocalTime.of(18, 0),
            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            Set.of(),
            Set.of());
    // Friday before and Monday after the clocks go back on 25 October 2026.
    Instant friday = Instant.parse("2026-10-23T10:00:00Z");
    assertThat(berlin.endOfDay(friday, 1)).isEqualTo(Instant.parse("2026-10-26T17:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    // On Monday what came on Friday is one day old, what came on Thursday two.
    "2026-11-23T09:00:00, 1, 2026-11-20T00:00:00",
    "2026-11-23T09:00:00, 3, 2026-11-18T00:00:00",
    // On Saturday nothing has become older since Friday.
    "2026-11-21T09:00:00, 1, 2026-11-19T00:00:00",
    // On the first day after the holidays: 30 September is one day old.
    "2026-10-08T09:00:00, 1, 2026-09-30T00:00:00",
    "2026-10-08T00:00:00, 0, 2026-10-08T00:00:00",
    // The worked Saturday makes older.
    "2026-10-10T12:00:00, 1, 2026-10-09T00:00:00",
  })
  void age_counts_the_days_on_which_somebody_could_have_acted(String now, int days, String from) {
    assertThat(CHINA.agedAtMost(days, at(now))).isEqualTo(at(from));
  }

  @Test
  void a_calendar_without_any_business_day_is_refused() {
    assertThatThrownBy(
            () ->
                new BusinessCalendar(
                    CHINA.zone(), LocalTime.NOON, Set.of(DayOfWeek.values()), Set.of(), Set.of()))
        .hasMessage("every day of the week is a rest day");
  }

  @ParameterizedTest
  @CsvSource({
    "2 days",
    "0h",
    "0 business days",
    "251 business days",
    "2001h",
    "soon",
    "4 h",
    "-1h"
  })
  void what_is_no_term_is_refused_with_what_is_one(String text) {
    assertThatThrownBy(() -> Term.parse(text))
        .hasMessageStartingWith("is '%s', expected 30m, 4h, 1 business day".formatted(text));
  }

  @ParameterizedTest
  @CsvSource({"30m", "4h", "1 business day", "250 business days"})
  void a_term_is_written_as_it_is_read(String text) {
    assertThat(Term.parse(text)).hasToString(text);
  }
}
