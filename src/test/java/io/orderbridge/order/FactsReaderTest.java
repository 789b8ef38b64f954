package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orderbridge.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactsReaderTest {
  private static final long SEED = 20_261_126L;
  private static final int GARBAGE = 20_000;
  private final FactsReader reader = new FactsReader(Instant.parse("2026-11-21T02:00:00Z"));

  static List<String> good() {
    return FactsSamples.good();
  }

  static List<FactsSamples.Bad> bad() {
    return FactsSamples.bad();
  }

  @ParameterizedTest
  @MethodSource
  void good(String json) {
    assertThat(catchThrowable(() -> reader.read(FactsSamples.read(json)))).isNull();
  }

  @ParameterizedTest
  @MethodSource
  void bad(FactsSamples.Bad bad) {
    // When
    Throwable thrown = catchThrowable(() -> reader.read(FactsSamples.read(bad.json())));

    // Then
    assertThat(thrown).isInstanceOf(Refusal.class);
    Refusal refusal = (Refusal) thrown;
    assertThat(refusal.why()).isEqualTo(bad.cause());
    assertThat(refusal.place()).isEqualTo(bad.place());
    assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(400);
  }

  @Test
  void half_a_surrogate_pair_and_a_nul_come_out_as_they_will_be_stored() {
    Object mapped =
        Map.of(
            "order",
            Map.of("shop", "demo", "number", "1"),
            "version",
            "2026-11-20T10:00:05Z",
            "raw",
            "a\0b\ud83d");
    assertThat(reader.read(mapped).get(0).raw()).isEqualTo("ab?");
  }

  @Test
  void whatever_comes_it_is_facts_or_a_refusal() {
    for (int i = 0; i < GARBAGE; i++) {
      // Given
      Random random = new Random(SEED + i);
      Object mapped = spoiled(FactsSamples.read(pick(random, FactsSamples.good())), random);

      // When
      Throwable thrown = catchThrowable(() -> reader.read(mapped));

      // Then
      if (thrown != null) {
        assertThat(thrown).as("seed %d: %s", SEED + i, mapped).isInstanceOf(Refusal.class);
        assertThat(((Refusal) thrown).place()).startsWith("/");
      }
    }
  }

  // Some value somewhere becomes something else, or gets a neighbour.
  private static Object spoiled(Object value, Random random) {
    if (random.nextInt(6) == 0) {
      return garbage(random);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> spoiled = new LinkedHashMap<>();
      map.forEach((key, one) -> spoiled.put(String.valueOf(key), spoiled(one, random)));
      if (random.nextInt(8) == 0) {
        spoiled.put(String.valueOf(garbage(random)), garbage(random));
      }
      return spoiled;
    }
    if (value instanceof List<?> list) {
      List<Object> spoiled = new ArrayList<>();
      list.forEach(one -> spoiled.add(spoiled(one, random)));
      return spoiled;
    }
    return value;
  }

  private static Object garbage(Random random) {
    List<Object> values = new ArrayList<>();
    values.add(null);
    values.addAll(
        List.of(
            "",
            " ",
            "\0",
            "\ud83d",
            "a/b",
            "-1",
            "1.00",
            "NaN",
            "9".repeat(40),
            "CNY",
            "QQQ",
            "2026-02-30T00:00:00Z",
            "2026-11-20T10:00:00+08:00",
            "-999999999-01-01T00:00:00+18:00",
            "x".repeat(5_000),
            "null",
            0,
            -1,
            Long.MAX_VALUE,
            1e308,
            Double.NaN,
            true));
    values.add(new java.math.BigInteger("9".repeat(30)));
    values.add(List.of());
    values.add(List.of(1, List.of()));
    values.add(Map.of());
    values.add(Map.of("refund", 1));
    return pick(random, values);
  }

  private static <T> T pick(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
