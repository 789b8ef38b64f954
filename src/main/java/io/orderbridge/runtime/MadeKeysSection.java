package io.orderbridge.runtime;

import io.orderbridge.books.Layout.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The keys of a book that stand in no column of their own: {@code books.<name>.made-keys}. */
final class MadeKeysSection {
  private static final String WHOLE = "$0";

  private MadeKeysSection() {}

  static Map<String, Made> read(Section book, List<String> keys) {
    Map<String, Made> made = new LinkedHashMap<>();
    book.named("made-keys")
        .forEach(
            (name, section) -> {
              section.allow("of", "matches", "gives");
              if (!keys.contains(name)) {
                section.wrong(
                    "", "'made-keys' has '%s', which is not among 'keys'".formatted(name));
              }
              List<String> of = section.values("of", List.of(), LayoutSection::word);
              if (of.isEmpty()) {
                section.wrong("of", "'of' is missing; write the columns that the key is made of");
              }
              section.required("matches");
              Pattern matches = section.value("matches", null, TablesSection::pattern);
              String gives = section.text("gives", WHOLE);
              if (matches != null && isGood(section, matches, gives) && !of.isEmpty()) {
                made.put(name, new Made(of, matches, gives));
              }
            });
    return made;
  }

  // Asked of a text that fits nothing known: only whether the groups are there.
  private static boolean isGood(Section section, Pattern matches, String gives) {
    try {
      Pattern.compile("(?:" + matches.pattern() + ")|").matcher("").replaceFirst(gives);
      return true;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      section.wrong("gives", "'gives' is '%s': %s in 'matches'".formatted(gives, e.getMessage()));
      return false;
    }
  }
}
