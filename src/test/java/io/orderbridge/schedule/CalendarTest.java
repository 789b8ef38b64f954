package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.schedule.Calendar.Span;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Order;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R42")
class CalendarTest {
  private static final long SEED = 20_261_123L;
  private static final int MAX = 100_000;
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(24));
  private static final List<String> ZONES =
      List.of(
          "Asia/Shanghai",
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "America/Sao_Paulo",
          "Australia/Lord_Howe",
          "Asia/Kathmandu");

  @RepeatedTest(100)
  void windows_follow_each_other_without_gap_or_overlap_however_the_clock_steps(
      RepetitionInfo run) {
    // Given
    Random random = new Random(SEED + run.getCurrentRepetition());
    Source source = random.nextBoolean() ? continuous(random) : daily(random);
    Instant now = Instant.parse("2018-01-01T00:00:00Z").plusSeconds(random.nextInt(400_000_000));
    List<Span> all = new ArrayList<>();

    // When: looked at now and then, through the nights in which summer time begins and ends
    Instant last = null;
    for (int look = 0; look < 30; look++) {
      List<Span> spans = Calendar.missing(source, last, now, MAX);
      all.addAll(spans);
      last = all.isEmpty() ? null : all.get(all.size() - 1).end();
      assertThat(Calendar.missing(source, last, now, MAX)).as("asked again").isEmpty();
      now = now.plusSeconds(random.nextInt(100_000));
    }

    // Then
    assertThat(all).as("seed %d", SEED + run.getCurrentRepetition()).isNotEmpty();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).start()).isEqualTo(all.get(i - 1).end());
      assertThat(all.get(i).end()).isAfter(all.get(i).start());
    }
    for (Span span : all) {
      if (source.rhythm() instanceof Every every) {
        assertThat(span.end().plus(every.behind())).isBeforeOrEqualTo(now).isEqualTo(span.due());
      } else {
        assertThat(span.start().atZone(source.zone()).toLocalDate()).isEqualTo(span.day());
        assertThat(span.end().minusMillis(1).atZone(source.zone()).toLocalDate())
            .isEqualTo(span.day());
      }
    }
  }

  private static Source continuous(Random random) {
    Duration every = LENGTHS.get(random.nextInt(LENGTHS.size()));
    Duration behind = Duration.ofSeconds(random.nextInt(100_000));
    Duration back = Duration.ofMinutes(random.nextInt(24 * 60));
    return Specs.of(
        "orders", new Every(every, Duration.ZERO, behind, back), Specs.pages(Order.OFFSET), false);
  }

  private static Source daily(Random random) {
    Source.Daily daily =
        new Source.Daily(
            LocalTime.of(random.nextInt(24), 30),
            random.nextInt(3),
            random.nextInt(4),
            Set.of(),
            Set.of());
    return in(ZONES.get(random.nextInt(ZONES.size())), daily);
  }

  private static Source in(String zone, Source.Rhythm rhythm) {
    Source plain = Specs.of("bill", rhythm, Specs.pages(Order.WHOLE), false);
    return new Source(
        plain.connection(),
        plain.name(),
        rhythm,
        ZoneId.of(zone),
        plain.pages(),
        plain.item(),
        plain.kind(),
        false,
        plain.into(),
        plain.retry(),
        plain.late());
  }

  @ParameterizedTest
  @CsvSource({
    // Thursday, Friday (due on Monday), a day before the holidays of October
    "2026-11-19, 2026-11-20T02:00:00Z",
    "2026-11-20, 2026-11-23T02:00:00Z",
    "2026-09-30, 2026-10-06T02:00:00Z",
  })
  void a_bill_is_due_on_the_first_working_day(LocalDate day, Instant due) {
    Source.Daily daily =
        Specs.dailyDue(
            "10:00",
            1,
            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
            Set.of(
                LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 2), LocalDate.of(2026, 10, 5)));
    Source source = in("Asia/Shanghai", daily);
    Instant start = day.atStartOfDay(source.zone()).toInstant();

    Span span = Calendar.missing(source, start, due.plusSeconds(1), 1).get(0);

    assertThat(span.day()).isEqualTo(day);
    assertThat(span.due()).isEqualTo(due);
  }

  @Test
  void a_source_that_reaches_back_less_than_its_windows_are_behind_has_a_first_window() {
    // Given: as a list that may be read a day later only
    Every nightly =
        new Every(
            Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(24), Duration.ofHours(24));
    Source source = Specs.of("nightly", nightly, Specs.pages(Order.LAST_FIRST), false);
    Instant now = Instant.parse("2026-11-20T02:01:00Z");

    // Then
    assertThat(Calendar.missing(source, null, now, 10))
        .extracting(Span::end)
        .containsExactly(Instant.parse("2026-11-19T02:00:00Z"));
  }

  @Test
  void a_day_without_its_due_hour_is_due_when_the_clock_has_gone_on() {
    // Given: on 2026-03-29 there is no 02:30 in Berlin, on 2026-10-25 there are two
    Source source = in("Europe/Berlin", Specs.dailyDue("02:30", 1, Set.of(), Set.of()));
    ZoneId zone = source.zone();

    // Then
    Instant spring = LocalDate.of(2026, 3, 28).atStartOfDay(zone).toInstant();
    assertThat(Calendar.missing(source, spring, spring.plus(Duration.ofDays(2)), 1).get(0).due())
        .isEqualTo("2026-03-29T01:30:00Z");
    Instant autumn = LocalDate.of(2026, 10, 24).atStartOfDay(zone).toInstant();
    assertThat(Calendar.missing(source, autumn, autumn.plus(Duration.ofDays(2)), 1).get(0).due())
        .isEqualTo("2026-10-25T00:30:00Z");
  }
}
