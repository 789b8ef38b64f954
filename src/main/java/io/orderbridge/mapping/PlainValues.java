package io.orderbridge.mapping;

import com.dashjoin.jsonata.Jsonata;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a result of JSONata into plain maps, lists, text, numbers and booleans: its sequences carry
 * marks, ranges are computed on reading, null has a stand-in while it evaluates, and a function may
 * be left over as a value.
 */
final class PlainValues {
  // Twenty times an order with 500 lines; [1..1e7] is eight characters in a mapping.
  private static final int VALUES_MAX = 200_000;

  private int values;

  static Object of(Object result) {
    return new PlainValues().plain(result);
  }

  private Object plain(Object value) {
    values++;
    if (values > VALUES_MAX) {
      throw new Refusal(
          Cause.MAPPING_FAILED, "", "the result has more than %d values".formatted(VALUES_MAX));
    }
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    return scalar(value);
  }

  private Map<String, Object> object(Map<?, ?> map) {
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((name, value) -> object.put(String.valueOf(name), plain(value)));
    return object;
  }

  private List<Object> list(List<?> given) {
    List<Object> list = new ArrayList<>();
    for (Object value : given) {
      list.add(plain(value));
    }
    return list;
  }

  private static Object scalar(Object value) {
    if (value == Jsonata.NULL_VALUE) {
      return null;
    }
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    throw new Refusal(
        Cause.MAPPING_FAILED, "", "the result holds a function where a value is expected");
  }
}
