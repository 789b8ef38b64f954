package io.orderbridge.runtime;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Layout;
import io.orderbridge.books.Layout.Amount;
import io.orderbridge.books.Layout.Codes;
import io.orderbridge.books.Layout.Sign;
import io.orderbridge.books.Layout.Time;
import io.orderbridge.kernel.Money;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a book: the parts of {@code books.<name>} that make a {@link Layout}. */
final class LayoutSection {
  private static final String PATTERN_DEFAULT = "yyyy-MM-dd HH:mm:ss";
  private static final List<String> EPOCHS = List.of("epoch-ms", "epoch-s", "iso");
  private static final Map<String, Boolean> UNITS = Map.of("minor", true, "major", false);
  private static final Map<String, Sign> SIGNS =
      Map.of(
          "by-kind", Sign.BY_KIND,
          "kept", Sign.KEPT,
          "turned", Sign.TURNED,
          "below", Sign.BELOW);
  // What is only known when a code table is loaded.
  private static final Map<String, String> LATER = Map.of();

  private final Section section;
  private final ZoneId zone;
  private final Map<String, String> codeTables = new HashMap<>();

  LayoutSection(Section section, ZoneId zone) {
    this.section = section;
    this.zone = zone;
  }

  /** By part: the code table that translates it. Filled by {@link #read}. */
  Map<String, String> codeTables() {
    return codeTables;
  }

  Optional<Layout> read() {
    List<String> keys = section.values("keys", List.of(), LayoutSection::word);
    Codes currencies = currencies();
    List<Amount> amounts =
        section.sections("amounts").stream()
            .map(amount -> amount(amount, currencies))
            .flatMap(Optional::stream)
            .toList();
    String quantity = section.text("quantity", null);
    if (keys.isEmpty()) {
      section.wrong(
          "keys", "'keys' is missing; write the columns that both sides know an entry by");
    }
    if (!section.has("amounts") && quantity == null) {
      section.wrong("amounts", "neither 'amounts' nor 'quantity' is there");
    }
    if (amounts.size() > Layout.AMOUNTS_MAX) {
      section.wrong(
          "amounts",
          "'amounts' has %d amounts, expected at most %d"
              .formatted(amounts.size(), Layout.AMOUNTS_MAX));
    }
    Codes kind = codes("kind");
    kinds(kind);
    Map<Basis, Time> times = times();
    Codes status = codes("status");
    Codes shop = codes("shop");
    String sku = section.text("sku", null);
    Map<String, Layout.Made> made = MadeKeysSection.read(section, keys);
    if (keys.isEmpty() || amounts.size() > Layout.AMOUNTS_MAX) {
      return Optional.empty();
    }
    return Optional.of(new Layout(keys, kind, amounts, quantity, status, times, shop, sku, made));
  }

  private static Optional<Amount> amount(Section amount, Codes currencies) {
    amount.allow("kind", "column", "in", "sign", "minus-when", "currency", "currency-column");
    String column = amount.required("column");
    boolean fixed = amount.has("currency");
    if (fixed == amount.has("currency-column")) {
      amount.wrong(
          "currency",
          "an amount needs 'currency', such as CNY, or 'currency-column', and not both");
      return Optional.empty();
    }
    String currency = amount.value("currency", null, LayoutSection::currency);
    if (fixed && currency == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Amount(
            amount.value("kind", null, LayoutSection::kind),
            column,
            amount.value("in", false, text -> ReceivesSection.choice(text, UNITS)),
            amount.value("sign", Sign.BY_KIND, text -> ReceivesSection.choice(text, SIGNS)),
            TablesSection.where(amount, "minus-when"),
            fixed ? Codes.always(currency) : currency(amount, currencies)));
  }

  private static Codes currency(Section amount, Codes currencies) {
    return new Codes(
        amount.required("currency-column"), currencies.codes(), currencies.otherwise());
  }

  /** Codes of currencies; what is none of them is one of ISO 4217 or no entry. */
  private Codes currencies() {
    if (section.has("currencies") && !section.isSection("currencies")) {
      String table = section.value("currencies", null, LayoutSection::table);
      if (table != null) {
        codeTables.put("currencies", table);
      }
      return new Codes("", LATER, Codes.ITSELF);
    }
    return new Codes("", section.texts("currencies"), Codes.ITSELF);
  }

  /** One word for all rows, or a column with codes or with the name of a code table. */
  private Codes codes(String part) {
    if (!section.has(part)) {
      return null;
    }
    if (!section.isSection(part)) {
      String word = section.text(part, "");
      return Codes.always(word);
    }
    Section codes = section.section(part).orElseThrow().allow("column", "codes", "otherwise");
    String column = codes.required("column");
    if (!codes.isSection("codes")) {
      String table = codes.value("codes", null, LayoutSection::table);
      if (table != null) {
        codeTables.put(part, table);
      }
      return new Codes(column, LATER, codes.text("otherwise", null));
    }
    return new Codes(column, codes.texts("codes"), codes.text("otherwise", null));
  }

  private void kinds(Codes kind) {
    if (kind == null) {
      return;
    }
    if (kind.column() != null && kind.codes().isEmpty() && !codeTables.containsKey("kind")) {
      section.wrong("kind", "'kind' has a column but no 'codes', which say what each code means");
    }
    List<String> words = new ArrayList<>(kind.codes().values());
    if (kind.otherwise() != null) {
      words.add(kind.otherwise());
    }
    for (String word : words) {
      try {
        kind(word);
      } catch (IllegalArgumentException e) {
        section.wrong("kind", "'kind' " + e.getMessage());
      }
    }
  }

  private Map<Basis, Time> times() {
    Map<Basis, Time> times = new EnumMap<>(Basis.class);
    Optional<Section> written = section.section("times");
    written.ifPresent(
        all -> {
          all.allow(BooksSection.bases().keySet().stream().sorted().toArray(String[]::new));
          BooksSection.bases()
              .forEach(
                  (word, basis) ->
                      all.section(word).ifPresent(time -> times.put(basis, time(time))));
        });
    return times;
  }

  private Time time(Section time) {
    time.allow("column", "pattern", "zone");
    return new Time(
        time.required("column"),
        time.value("pattern", PATTERN_DEFAULT, LayoutSection::pattern),
        time.value("zone", zone, ReadsSection::zone));
  }

  static String word(String text) {
    if (text.isBlank()) {
      throw Notation.expected(text, "a name");
    }
    return text.strip();
  }

  static String currency(String text) {
    try {
      return Money.currency(text).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw Notation.expected(text, "a currency of ISO 4217 such as CNY or USD");
    }
  }

  private static EntryKind kind(String text) {
    return Arrays.stream(EntryKind.values())
        .filter(kind -> kind.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Notation.expected(
                    text,
                    "one of "
                        + BooksSection.names(
                            Arrays.stream(EntryKind.values()).map(EntryKind::name))));
  }

  private static String table(String text) {
    if (!text.matches("[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")) {
      throw Notation.expected(
          text, "codes: {code: WORD}, or a code table such as shop/status for shop/status.csv");
    }
    return text;
  }

  private static String pattern(String text) {
    if (EPOCHS.contains(text)) {
      return text;
    }
    try {
      DateTimeFormatter.ofPattern(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw Notation.expected(
          text, "epoch-ms, epoch-s, iso, or a pattern such as yyyy-MM-dd HH:mm:ss");
    }
  }
}
