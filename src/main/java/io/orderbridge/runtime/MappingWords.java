package io.orderbridge.runtime;

import java.util.Map;
import java.util.TreeMap;

/** The functions that mappings have beside those of JSONata, as docs/mappings.md shows them. */
final class MappingWords {
  static final Map<String, String> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("$money", "$money(value, currency)"),
              Map.entry("$minor", "$minor(units, currency)"),
              Map.entry("$moneySum", "$moneySum(values, currency)"),
              Map.entry("$times", "$times(price, quantity, currency)"),
              Map.entry("$time", "$time(text, pattern, zone)"),
              Map.entry("$epoch", "$epoch(number, unit)"),
              Map.entry("$minorOf", "$minorOf(amount, currency)"),
              Map.entry("$epochOf", "$epochOf(time)"),
              Map.entry("$localTime", "$localTime(time, pattern, zone)"),
              Map.entry("$json", "$json(text)"),
              Map.entry("$toJson", "$toJson(value)"),
              Map.entry("$fail", "$fail(text)"),
              Map.entry("$table", "$table(table, key, column)"),
              Map.entry("$tableOr", "$tableOr(table, key, otherwise, column)"),
              Map.entry("$exists", "$exists(value)"),
              Map.entry("$merge", "$merge(objects)"),
              Map.entry("$map", "$map(list, function)"),
              Map.entry("$filter", "$filter(list, function)")));

  private MappingWords() {}
}
