package io.orderbridge.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import io.orderbridge.kernel.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The functions that every mapping has beside those of JSONata, those of JSONata that are mended,
 * and those that are refused. Lambdas, not reflection, so that the native image needs no
 * registration.
 */
final class MappingFunctions {
  // A mapping must give the same facts when its message is replayed, and its text is in the file.
  private static final List<String> REFUSED = List.of("now", "millis", "random", "shuffle", "eval");

  // As declared by JSONata itself, so that the library validates the arguments first. Only $replace
  // takes no function here: dashjoin 0.9.10 swallows what it throws and prints it with its values.
  private static final Map<String, String> REGEX_SIGNATURES =
      Map.of(
          "match", "<s-f<s:o>n?:a<o>>",
          "contains", "<s-(sf):b>",
          "replace", "<s-(sf)sn?:s>",
          "split", "<s-(sf)n?:a<s>>");

  private MappingFunctions() {}

  /** A signature is needed: without one {@code $map(list, $money)} fails with a null pointer. */
  static JFunction function(String signature, Function<Arguments, Object> body) {
    return new JFunction((input, args) -> body.apply(new Arguments(args)), signature);
  }

  static void register(Jsonata mapping) {
    add(mapping, "money", "<x?x?:x>", a -> MoneyFunctions.money(a.at(0), a.at(1)));
    add(mapping, "minor", "<x?x?:x>", a -> MoneyFunctions.minor(a.at(0), a.at(1)));
    add(mapping, "moneySum", "<x?x?:x>", a -> MoneyFunctions.sum(a.at(0), a.at(1)));
    add(mapping, "times", "<x?x?x?:x>", a -> MoneyFunctions.times(a.at(0), a.at(1), a.at(2)));
    add(mapping, "time", "<x?x?x?:x>", a -> TimeFunctions.time(a.at(0), a.at(1), a.at(2)));
    add(mapping, "epoch", "<x?x?:x>", a -> TimeFunctions.epoch(a.at(0), a.at(1)));
    add(mapping, "minorOf", "<x?x?:x>", a -> MoneyFunctions.minorOf(a.at(0), a.at(1)));
    add(mapping, "epochOf", "<x?:x>", a -> TimeFunctions.epochOf(a.at(0)));
    add(
        mapping,
        "localTime",
        "<x?x?x?:x>",
        a -> TimeFunctions.localTime(a.at(0), a.at(1), a.at(2)));
    add(mapping, "json", "<x?:x>", a -> TextFunctions.json(a.at(0)));
    add(mapping, "toJson", "<x?:x>", a -> TextFunctions.toJson(a.at(0)));
    add(mapping, "fail", "<x?:x>", a -> TextFunctions.fail(a.at(0)));
    add(mapping, "abs", "<n-:n>", a -> abs(a.at(0)));
    JFunction sort = builtin("sort");
    mapping.registerFunction("sort", new JFunction((in, args) -> sort(sort, in, args), "<af?:a>"));
    for (String name : REFUSED) {
      add(mapping, name, "<x?x?:x>", a -> refuse(name));
    }
  }

  /** The library's own functions with regular expressions; it has no other way to reach them. */
  static Map<String, JFunction> builtins() {
    Map<String, JFunction> builtins = new HashMap<>();
    for (String name : REGEX_SIGNATURES.keySet()) {
      builtins.put(name, builtin(name));
    }
    return Map.copyOf(builtins);
  }

  /** The same functions, each reading under the bounds of one evaluation. */
  static void bound(Jsonata.Frame frame, Map<String, JFunction> builtins, Bounds bounds) {
    for (Map.Entry<String, JFunction> builtin : builtins.entrySet()) {
      JFunction bounded =
          new JFunction(
              (input, args) -> {
                rehearse(new Arguments(args), bounds);
                return builtin.getValue().call(input, args);
              },
              REGEX_SIGNATURES.get(builtin.getKey()));
      frame.bind(builtin.getKey(), bounded);
    }
  }

  private static JFunction builtin(String name) {
    return (JFunction) Jsonata.jsonata("$" + name).evaluate(null);
  }

  private static void add(
      Jsonata mapping, String name, String signature, Function<Arguments, Object> body) {
    mapping.registerFunction(name, function(signature, body));
  }

  /** dashjoin 0.9.10 gives 49 for the absolute value of the decimal 49.90. */
  private static Object abs(Object number) {
    if (number == null) {
      return null;
    }
    BigDecimal exact = new BigDecimal(String.valueOf(number));
    return exact.signum() < 0 ? exact.negate() : number;
  }

  /** dashjoin 0.9.10 fails on [3.5, 1], whose numbers are of two Java types. */
  private static Object sort(JFunction sort, Object input, List<?> args) {
    Arguments given = new Arguments(args);
    if (given.at(1) == null
        && given.at(0) instanceof List<?> list
        && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream()
          .sorted(Comparator.comparing(number -> new BigDecimal(number.toString())))
          .collect(Collectors.toCollection(ArrayList::new));
    }
    return sort.call(input, args);
  }

  private static Object refuse(String name) {
    throw CarriedRefusal.of(
        Cause.MAPPING_FAILED,
        "$%s is not available: a mapping gives the same result whenever its message is replayed"
            .formatted(name));
  }

  /** Finds all matches once under the bounds; the builtin then reads no more than that again. */
  private static void rehearse(Arguments args, Bounds bounds) {
    if (args.at(0) instanceof String text && args.at(1) instanceof Pattern pattern) {
      Matcher matcher = pattern.matcher(new BoundedText(text, bounds));
      boolean found = matcher.find();
      while (found) {
        found = matcher.find();
      }
    }
  }
}
