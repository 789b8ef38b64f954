package io.orderbridge.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hides personal data in results of mappings, of which only the shape is known. So the other way
 * round: a text is shown only when it looks like a code, a number or a time and no name on its way
 * speaks of a person.
 */
final class PersonalMask {
  private static final Pattern PERSONAL_NAME =
      Pattern.compile(
          "receiv|recipient|consignee|contact|buyer|customer|person|member|name|phone|mobile|tel"
              + "|mail|addr|street|province|city|district|town|zip|postcode|note|remark|memo"
              + "|message|comment|openid|unionid|oaid|card|nick|account|title|birth");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:/+#~-]{0,64}");
  private static final Pattern PHONE =
      Pattern.compile("(\\+?86)?-?1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}");

  private PersonalMask() {}

  /** The value as it may be shown at its place. */
  static Object of(String pointer, Object value) {
    return masked(value, isPersonal(pointer));
  }

  private static Object masked(Object value, boolean personal) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> shown = new LinkedHashMap<>();
      map.forEach(
          (key, one) ->
              shown.put(
                  name(String.valueOf(key)),
                  masked(one, personal || isPersonal(String.valueOf(key)))));
      return shown;
    }
    if (value instanceof List<?> list) {
      List<Object> shown = new ArrayList<>();
      list.forEach(one -> shown.add(masked(one, personal)));
      return shown;
    }
    if (value instanceof Number number) {
      return personal || PHONE.matcher(number.toString()).matches() ? "***" : value;
    }
    if (value instanceof String text) {
      boolean code = CODE.matcher(text).matches() && !PHONE.matcher(text).matches();
      return text.isEmpty() || code && !personal ? text : "*** (%d)".formatted(text.length());
    }
    return value;
  }

  /** A pointer without names that are values of a person. */
  static String pointer(String pointer) {
    return Arrays.stream(pointer.split("/", -1))
        .map(PersonalMask::name)
        .collect(Collectors.joining("/"));
  }

  private static String name(String name) {
    return CODE.matcher(name).matches() && !PHONE.matcher(name).matches() ? name : "***";
  }

  private static boolean isPersonal(String names) {
    return PERSONAL_NAME.matcher(names.toLowerCase(Locale.ROOT)).find();
  }
}
