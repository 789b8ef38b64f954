package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R53")
@Tag("R71")
class NothingSecretIsPrintedTest {
  private static final Path SOURCES = Path.of("src/main/java/io/orderbridge/signing");
  private static final String TEXT = "0123456789-secret-secret-0123456";
  private static final String BODY = "{\"phone\":\"13800138000\"}";

  // Types that nobody can print: no instances, or an interface.
  private static final Set<String> WITHOUT_INSTANCE =
      Set.of(
          "AesGcm",
          "AnswerMode",
          "AnswerSigners",
          "Digest",
          "FormDigest",
          "FormField",
          "FormText",
          "Hmac",
          "JsonTexts",
          "PerCall",
          "RequestScheme",
          "RequestSigner",
          "RequestSigners",
          "SignatureScheme",
          "SignatureSchemes",
          "Signer",
          "SortedParameters",
          "StrictBase64",
          "package-info");

  @Test
  void no_type_of_this_package_prints_a_secret_a_key_or_a_body() {
    Map<String, Object> printed = printed();
    Set<String> known = new TreeSet<>(WITHOUT_INSTANCE);
    known.addAll(printed.keySet());

    assertThat(sources().stream().map(NothingSecretIsPrintedTest::typeName))
        .as("add the new type to this test")
        .containsExactlyInAnyOrderElementsOf(known);
    String keyLine = Vectors.PUBLIC_PEM.lines().toList().get(1);
    printed.forEach(
        (type, value) ->
            assertThat(value.toString())
                .as(type)
                .doesNotContain("secret-secret", "13800138000", keyLine, "[B@"));
  }

  @Test
  void a_secret_shows_a_fingerprint_by_which_two_can_be_told_apart() {
    assertThat(Secret.of(TEXT)).hasToString(Secret.of(TEXT).toString());
    assertThat(Secret.of(TEXT).toString()).isNotEqualTo(Secret.of(TEXT + "2").toString());
    assertThat(Secret.of(TEXT).toString()).matches("Secret\\[[0-9a-f]{8}]");
  }

  @Test
  void macs_are_compared_in_one_class_only() {
    for (Path source : sources()) {
      String text = text(source);
      if (!typeName(source).equals("Hmac")) {
        assertThat(text)
            .as("%s: compare through Hmac.anyMatches", source)
            .doesNotContain("isEqual(", "Arrays.equals(", "Arrays.mismatch(", "Arrays.compare(");
      }
    }
    assertThat(text(SOURCES.resolve("Hmac.java"))).containsOnlyOnce("MessageDigest.isEqual(");
  }

  private static Map<String, Object> printed() {
    Secret secret = Secret.of(TEXT);
    SigningSettings settings =
        new SigningSettings(
            List.of(secret), Map.of("S1", Vectors.PUBLIC_PEM), secret, Duration.ofMinutes(5));
    SignedMessage message = Vectors.message(Map.of("x", TEXT), utf8(BODY));
    SignatureScheme shopify = SignatureSchemes.of("shopify", settings);
    Map<String, Object> printed = new TreeMap<>();
    printed.put("Secret", secret);
    printed.put("SigningSettings", settings);
    printed.put("SignedMessage", message);
    printed.put("Verdict", shopify.verify(message, Instant.EPOCH));
    printed.put("ShopifyScheme", shopify);
    printed.put("WechatPayScheme", SignatureSchemes.of("wechat-pay", settings));
    printed.put("StandardWebhooksScheme", SignatureSchemes.of("standard-webhooks", settings));
    printed.put("NoScheme", SignatureSchemes.of("none", settings));
    printed.put("PartnerKey", PartnerKey.parse("S1", Vectors.PUBLIC_PEM));
    printed.put("EncryptedResource", new EncryptedResource(secret));
    printed.put("TimeStamp", new TimeStamp(Instant.EPOCH));
    printed.put("Distance", new Distance(Duration.ZERO));
    printed.put("ClockText", ClockText.CHINA);
    printed.put("TokenSeal", TokenSeal.of("shop", List.of(TEXT)));
    for (String name : SignatureSchemes.names()) {
      SignatureScheme scheme = SignatureSchemes.of(name, settings(name));
      printed.put(scheme.getClass().getSimpleName(), scheme);
    }
    addRequestTypes(printed);
    return printed;
  }

  private static SigningSettings settings(String name) {
    Secret secret = Secret.of(TEXT);
    return new SigningSettings(
        List.of(secret),
        Map.of("S1", Vectors.PUBLIC_PEM),
        secret,
        null,
        name.equals("hmac-sha256") ? Map.of("header", "X-Sign") : Map.of());
  }

  private static void addRequestTypes(Map<String, Object> printed) {
    for (Samples.Sample sample : Samples.all()) {
      RequestSigner signer = RequestSigners.of(sample.settings());
      printed.put(signer.getClass().getSimpleName(), signer);
    }
    SignableRequest request =
        Samples.form(Map.of("receiver", BODY)).withHeader("X-Token", TEXT).withQuery("k", TEXT);
    printed.put("SignableRequest", request);
    printed.put("Address", Address.of(request));
    printed.put("TokenSeal", TokenSeal.of("taobao", List.of(TEXT)));
    printed.put("MerchantKey", MerchantKey.parse(Vectors.PRIVATE_PEM));
    printed.put("AlipayAnswer", new AlipayAnswer(PartnerKey.parse("S1", Vectors.PUBLIC_PEM)));
    printed.put(
        "WechatPayProof",
        new WechatPayProof(
            Map.of("S1", PartnerKey.parse("S1", Vectors.PUBLIC_PEM)), Duration.ofMinutes(5)));
    printed.put(
        "SignSettings",
        new SignSettings("basic", Map.of("password", TEXT), List.of("password"), List.of()));
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String typeName(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
