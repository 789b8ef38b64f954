package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The signature that WeChat Pay puts on notifications and on answers alike: SHA256withRSA over
 * {@code timestamp\nnonce\nbody\n} by the key that the serial names.
 *
 * <p>Source: wechatpay-java 0.2.17, read 2026-11-22.
 */
final class WechatPayProof {
  private static final String HEADER_TIMESTAMP = "Wechatpay-Timestamp";
  private static final String HEADER_NONCE = "Wechatpay-Nonce";
  private static final String HEADER_SIGNATURE = "Wechatpay-Signature";
  private static final String HEADER_SERIAL = "Wechatpay-Serial";
  // WeChat Pay probes merchants with forgeries that begin so and expects an error.
  private static final String PROBE = "WECHATPAY/SIGNTEST/";
  // What may be repeated in a log line: nobody can write a second line through a header.
  private static final Pattern LOGGABLE_SERIAL = Pattern.compile("[0-9A-Za-z_]{1,64}");

  private final Map<String, PartnerKey> keys;
  private final Duration tolerance;

  WechatPayProof(Map<String, PartnerKey> keys, Duration tolerance) {
    this.keys = Map.copyOf(keys);
    this.tolerance = tolerance;
  }

  Verdict verify(SignedMessage message, Instant now) {
    String timestamp = message.header(HEADER_TIMESTAMP);
    String nonce = message.header(HEADER_NONCE);
    String signature = message.header(HEADER_SIGNATURE);
    String serial = message.header(HEADER_SERIAL);
    if (timestamp == null || nonce == null || signature == null || serial == null) {
      return Verdict.forged(
          "headers %s, %s, %s and %s must all be there"
              .formatted(HEADER_TIMESTAMP, HEADER_NONCE, HEADER_SIGNATURE, HEADER_SERIAL));
    }
    Optional<TimeStamp> stamp = TimeStamp.parse(timestamp);
    if (stamp.isEmpty()) {
      return Verdict.forged(HEADER_TIMESTAMP + " is not a number of seconds");
    }
    Duration distance = stamp.get().distance(now);
    if (distance.compareTo(tolerance) >= 0) {
      return Verdict.forged(
          "%s is %s from our time, allowed less than %s"
              .formatted(HEADER_TIMESTAMP, distance, tolerance));
    }
    // A line break in the nonce would let bytes move between the nonce and the body.
    if (nonce.chars().anyMatch(Character::isISOControl)) {
      return Verdict.forged(HEADER_NONCE + " holds a control character");
    }
    return verifySignature(timestamp + "\n" + nonce + "\n", message.body(), signature, serial, now);
  }

  private Verdict verifySignature(
      String before, byte[] body, String signature, String serial, Instant now) {
    if (signature.startsWith(PROBE)) {
      return Verdict.forged("probe of WeChat Pay, forged on purpose");
    }
    Optional<byte[]> received = StrictBase64.decode(signature);
    if (received.isEmpty()) {
      return Verdict.forged(HEADER_SIGNATURE + " is not Base64");
    }
    PartnerKey key = keys.get(serial);
    if (key == null) {
      String shown = LOGGABLE_SERIAL.matcher(serial).matches() ? serial : "(unreadable)";
      return Verdict.forged("no key is configured for serial " + shown);
    }
    if (!key.validAt(now)) {
      return Verdict.forged("certificate of serial %s is not valid now".formatted(serial));
    }
    return key.signed(before, body, "\n", received.get())
        ? Verdict.GENUINE
        : Verdict.forged("signature does not fit the key of serial " + serial);
  }
}
