package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.order.PlainBook;
import io.orderbridge.sandbox.Partners.Sender;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.SignatureScheme;
import io.orderbridge.signing.SignatureSchemes;
import io.orderbridge.signing.SignedMessage;
import io.orderbridge.signing.SigningSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class LettersTest {
  private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
  private static final Map<Sender, String> MAPPING =
      Map.of(
          Sender.SHOP, "shopify/event",
          Sender.PAYMENT, "wechat-pay/notify",
          Sender.WAREHOUSE, "wms/event");

  private final Words words = new Words();
  private final Map<String, String> settings = DemoSettings.settings();
  private final Partners partners = new Partners(words, settings::get);
  private final Letters letters = new Letters(words, partners);
  private final Mappings mappings = shipped();
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void every_letter_is_signed_as_its_sender_signs_and_ends_the_order_as_its_story_says()
      throws IOException {
    List<Story> stories = stories(120);
    PlainBook book =
        new PlainBook()
            .owns("shopify", Set.of(Milestone.CREATED, Milestone.PAID, Milestone.CANCELLED))
            .owns("wechat-pay", Set.of(Milestone.PAID))
            .owns("wms", Set.of(Milestone.ACCEPTED, Milestone.PACKED, Milestone.OUTBOUND_SCANNED));
    Playbook shuffled = new Playbook(new Random(7));
    stories.forEach(story -> shuffled.add(all(story)));

    for (Letter letter : shuffled.inOrder()) {
      byte[] opened = opened(letter);
      String system = letter.sender().word(words, "connection");
      book.record(system, mapped(letter, opened), NOW);
    }

    assertThat(shuffled.repeats()).isPositive();
    assertThat(stories).extracting(Story::end).contains(Story.End.values());
    assertThat(stories)
        .allSatisfy(
            story ->
                assertThat(book.view(new OrderKey("demo", story.number())))
                    .as(story.toString())
                    .containsEntry("status", story.end().status())
                    .hasEntrySatisfying("details", d -> assertThat(d.toString()).contains("DEMO-"))
                    .hasEntrySatisfying(
                        "payments", p -> assertThat((List<?>) p).hasSize(story.elsewhere() ? 1 : 0))
                    .hasEntrySatisfying(
                        "refunds",
                        r -> assertThat((List<?>) r).hasSize(story.refund() > 0 ? 1 : 0)));
  }

  @Test
  void each_letter_has_an_id_and_a_nonce_of_its_own() {
    List<Letter> all = stories(300).stream().flatMap(story -> all(story).stream()).toList();

    assertThat(all).extracting(Letter::id).doesNotHaveDuplicates();
    assertThat(all)
        .filteredOn(letter -> letter.sender() == Sender.PAYMENT)
        .extracting(letter -> Partners.nonce(letter.id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_same_seed_gives_the_same_play() {
    assertThat(stories(50)).isEqualTo(stories(50));
  }

  @Test
  void an_unknown_shop_is_a_value_without_a_line_in_its_table() {
    Letter letter = letters.ofUnknownShop(stories(1).get(0)).get(0);

    assertThatThrownBy(() -> mapped(letter, letter.body()))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.why()).isEqualTo(Cause.UNMAPPED_VALUE));
  }

  private List<Letter> all(Story story) {
    List<Letter> all = new ArrayList<>(letters.ofSale(story));
    if (story.worked()) {
      all.addAll(letters.ofWarehouse(story));
    }
    if (story.shipped()) {
      all.addAll(letters.ofShipment(story));
    }
    return all;
  }

  private static List<Story> stories(int count) {
    return Story.invent(count, NOW.getEpochSecond(), "CNY", NOW, new Random(20_261_123));
  }

  private Object mapped(Letter letter, byte[] body) throws IOException {
    Map<String, Object> bindings =
        Map.of(
            "kind", letter.kind(),
            "headers", Map.of("x-shopify-shop-domain", letter.domain()));
    return mappings.apply(MAPPING.get(letter.sender()), json.readValue(body, Map.class), bindings);
  }

  private byte[] opened(Letter letter) {
    Map<String, String> headers = new HashMap<>();
    partners.headers(letter, NOW).forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    SignatureScheme scheme = scheme(letter.sender());
    SignedMessage message =
        new SignedMessage(name -> headers.get(name.toLowerCase(Locale.ROOT)), letter.body());
    assertThat(scheme.verify(message, NOW).genuine()).as(letter.id()).isTrue();
    return scheme.open(letter.body());
  }

  private SignatureScheme scheme(Sender sender) {
    return switch (sender) {
      case SHOP -> SignatureSchemes.of("shopify", shared("SHOPIFY_SECRET"));
      case WAREHOUSE -> SignatureSchemes.of("standard-webhooks", shared("WMS_WEBHOOK_SECRET"));
      case PAYMENT ->
          SignatureSchemes.of(
              "wechat-pay",
              new SigningSettings(
                  List.of(),
                  Map.of(settings.get("WECHAT_PAY_KEY_ID"), settings.get("WECHAT_PAY_PUBLIC_KEY")),
                  Secret.of(settings.get("WECHAT_PAY_API_V3_KEY")),
                  null));
    };
  }

  private SigningSettings shared(String name) {
    return new SigningSettings(List.of(Secret.of(settings.get(name))), Map.of(), null, null);
  }

  private static Mappings shipped() {
    Map<String, byte[]> files = new TreeMap<>();
    Path root = Path.of("mappings");
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(root.relativize(path).toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Mappings mappings = new Mappings();
    assertThat(mappings.load(files, Set.of())).isEmpty();
    return mappings;
  }

  @Test
  void nobody_real_is_named() {
    String text =
        stories(20).stream()
            .flatMap(story -> letters.ofSale(story).stream())
            .map(letter -> new String(letter.body(), StandardCharsets.UTF_8))
            .reduce("", String::concat);

    assertThat(text)
        .contains("Example Street", "@example.com")
        .containsPattern("\\+1-\\d{3}-555-01\\d\\d\"");
  }
}
