package io.orderbridge.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.alert.Digest.Composed;
import io.orderbridge.alert.Part.Details;
import io.orderbridge.alert.Part.Sample;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R76")
class DigestTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final int WECOM = 2048;
  private static final String LINK = "https://oms.example.com/alerts/AAAAAAAAAAAAAAAAAAAAAA";

  private static Composed compose(List<Part> parts) {
    return new Digest(Policy.DEFAULT, WECOM, NOON).compose(parts, 0, LINK);
  }

  private static Part part(String cause, Level level, long alerts, String text) {
    Details details =
        new Details(
            alerts,
            alerts,
            0,
            Map.of(),
            List.of(new Sample(new Wording(text, "en: " + text), "tb/1", "")));
    return new Part(
        List.of(1L),
        cause,
        "ops",
        false,
        level,
        alerts,
        NOON.minus(Duration.ofMinutes(5)),
        NOON,
        false,
        details);
  }

  private static Part with(Part part, Details details) {
    return part.with(details);
  }

  @Test
  void count_sums_times_and_some_subjects_are_told_in_one_line() {
    Details details =
        new Details(
            3,
            21,
            1,
            Map.of("CNY", new BigDecimal("4179.00")),
            List.of(
                new Sample(new Wording("支付有差异，请核对", "differs"), "tb/1", ""),
                new Sample(new Wording("x", "x"), "tb/2", "")));
    Part part = with(part("payment", Level.BREACH, 3, "-"), details);

    assertThat(compose(List.of(part)).text())
        .isEqualTo(
            """
            订单告警：超限 3 条
            【超限】支付有差异，请核对（21 条、合计 4179.00 CNY、11:55–12:00、其中 1 条已恢复、如 tb/1、tb/2）
            确认或静默：%s\
            """
                .formatted(LINK));
  }

  @Test
  void it_speaks_english_where_the_policy_says_so() {
    Policy english =
        new Policy(
            Locale.ENGLISH,
            Policy.DEFAULT.zone(),
            List.of(),
            "",
            Duration.ZERO,
            false,
            null,
            List.of());
    Composed composed =
        new Digest(english, WECOM, NOON)
            .compose(List.of(part("a", Level.WARNING, 2, "slow")), 5, "");
    assertThat(composed.text())
        .isEqualTo(
            """
            Order alerts: 2 warnings
            [WARNING] en: slow (2 in all, 11:55–12:00, e.g. tb/1)
            5 more will follow.\
            """);
  }

  @Test
  void what_has_no_room_as_a_sentence_is_named_by_its_cause() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      parts.add(part("cause:" + i, Level.WARNING, 50, "有问题，请查看。".repeat(6)));
    }
    Composed composed = compose(parts);
    assertThat(composed.told()).hasSize(40);
    assertThat(composed.more()).isZero();
    assertThat(composed.text()).contains("另有：", "cause:39×50").doesNotContain("还有");
  }

  @Test
  void a_breach_that_has_no_room_waits_for_a_sentence() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      parts.add(part("cause:" + i, Level.BREACH, 50, "有问题，请查看。".repeat(6)));
    }
    Composed composed = compose(parts);
    assertThat(composed.told()).hasSizeBetween(3, 20);
    assertThat(composed.more()).isEqualTo(50L * (40 - composed.told().size()));
    assertThat(composed.text()).contains("还有 %d 条，随后告知。".formatted(composed.more()));
  }

  @Test
  void nobody_forges_a_line_by_what_a_subject_holds() {
    Details details =
        new Details(
            1,
            1,
            0,
            Map.of(),
            List.of(new Sample(new Wording("坏\n【超限】假", "x"), "tb/1\n【恢复】全部正常", "")));
    assertThat(compose(List.of(with(part("a", Level.WARNING, 1, "-"), details))).text().lines())
        .hasSize(3);
  }

  @RepeatedTest(300)
  void a_message_is_never_longer_than_allowed_and_tells_or_counts_everything(RepetitionInfo run) {
    long seed = 20_261_120L + run.getCurrentRepetition();
    Random random = new Random(seed);
    List<Part> parts = new ArrayList<>();
    int count = 1 + random.nextInt(200);
    for (int i = 0; i < count; i++) {
      Level level = i < count / 3 ? Level.BREACH : Level.WARNING;
      String text = "订单😀a".repeat(1 + random.nextInt(200));
      Part part = part("原因:" + "c".repeat(random.nextInt(100)), level, 1 + i, text);
      parts.add(i < 100 ? part : part.with(null));
    }
    int max = 512 + random.nextInt(4_000);

    Composed composed = new Digest(Policy.DEFAULT, max, NOON).compose(parts, 7, LINK);

    assertThat(Utf8.bytes(composed.text())).as("seed %d", seed).isLessThanOrEqualTo(max);
    assertThat(composed.text()).endsWith(LINK);
    long told = composed.told().stream().mapToLong(Part::alerts).sum();
    long all = parts.stream().mapToLong(Part::alerts).sum();
    assertThat(told + composed.more()).isEqualTo(all + 7);
    assertThat(composed.told()).isNotEmpty().doesNotHaveDuplicates();
  }
}
