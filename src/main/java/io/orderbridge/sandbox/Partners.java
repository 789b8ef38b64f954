package io.orderbridge.sandbox;

import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How each partner signs what it sends, with its own secrets. */
final class Partners {
  /** Who sends to the product, and what its words begin with. */
  enum Sender {
    SHOP("shop."),
    PAYMENT("payment."),
    WAREHOUSE("warehouse.");

    private final String prefix;

    Sender(String prefix) {
      this.prefix = prefix;
    }

    String word(Words words, String name) {
      return words.of(prefix + name);
    }
  }

  private static final int NONCE_LENGTH = 12;

  private final Words words;
  private final UnaryOperator<String> settings;

  /**
   * @param settings the secrets by the names of the environment variables that the product reads
   */
  Partners(Words words, UnaryOperator<String> settings) {
    this.words = words;
    this.settings = settings;
  }

  /** The headers of a letter that is sent now, its signature among them. */
  Map<String, String> headers(Letter letter, Instant now) {
    return switch (letter.sender()) {
      case SHOP -> ofShop(letter);
      case PAYMENT -> ofPayment(letter, now);
      case WAREHOUSE -> ofWarehouse(letter, now);
    };
  }

  private Map<String, String> ofShop(Letter letter) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(words.of("shop.header.id"), letter.id());
    headers.put(words.of("shop.header.kind"), letter.kind());
    headers.put(words.of("shop.header.domain"), letter.domain());
    headers.put(words.of("shop.header.version"), words.of("shop.version"));
    headers.put(
        words.of("shop.header.signature"), Signer.shopify(secret("shop.secret"), letter.body()));
    return headers;
  }

  private Map<String, String> ofPayment(Letter letter, Instant now) {
    String nonce = nonce(letter.id());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(words.of("payment.header.serial"), settings.apply(words.of("payment.serial")));
    headers.put(words.of("payment.header.timestamp"), Long.toString(now.getEpochSecond()));
    headers.put(words.of("payment.header.nonce"), nonce);
    headers.put(
        words.of("payment.header.signature"),
        Signer.wechatPay(settings.apply(DemoSettings.PRIVATE_KEY), now, nonce, letter.body()));
    return headers;
  }

  private Map<String, String> ofWarehouse(Letter letter, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(words.of("warehouse.header.id"), letter.id());
    headers.put(words.of("warehouse.header.timestamp"), Long.toString(now.getEpochSecond()));
    headers.put(
        words.of("warehouse.header.signature"),
        Signer.standardWebhooks(secret("warehouse.secret"), letter.id(), now, letter.body()));
    return headers;
  }

  /** Encrypts what a payment notice is about; the id makes the nonce, so it must be new. */
  String sealed(String id, String associated, byte[] plain) {
    return Signer.wechatPayResource(secret("payment.secret"), nonce(id), associated, plain);
  }

  /** The last characters of the id: no two letters of a run share them. */
  static String nonce(String id) {
    return id.substring(id.length() - NONCE_LENGTH);
  }

  private Secret secret(String name) {
    return Secret.of(settings.apply(words.of(name)));
  }
}
