package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The usual way of in-house systems: one header holds a prefix and the HMAC-SHA256 over the bytes
 * of the body. As request signer it makes the header, as scheme of the door it checks it.
 */
final class BodyHmac implements RequestScheme, SignatureScheme {
  static final String NAME = "hmac-sha256";
  static final String BASE64 = "base64";
  static final String HEX = "hex";

  private final String header;
  private final String prefix;
  private final boolean base64;
  private final List<Secret> secrets;

  BodyHmac(String header, String prefix, boolean base64, List<Secret> secrets) {
    this.header = header;
    this.prefix = prefix;
    this.base64 = base64;
    this.secrets = secrets;
  }

  static BodyHmac of(SignSettings settings) {
    String encoding = settings.otherwise("encoding", HEX);
    if (!encoding.equals(HEX) && !encoding.equals(BASE64)) {
      throw settings.wrong("encoding", "is '%s', expected hex or base64".formatted(encoding));
    }
    return new BodyHmac(
        settings.required("header"),
        settings.otherwise("prefix", ""),
        encoding.equals(BASE64),
        List.of(settings.secret("secret")));
  }

  @Override
  public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
    byte[] mac = Hmac.of(secrets.get(0), request.content());
    String text = base64 ? StrictBase64.encode(mac) : Digest.lowerHex(mac);
    return request.withHeader(header, prefix + text);
  }

  @Override
  public Optional<Stated> stated(SignableRequest received) {
    return Stated.nothing();
  }

  @Override
  public String proof(SignableRequest request) {
    return request.header(header);
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    String text = message.header(header);
    if (text == null || !text.startsWith(prefix)) {
      return Verdict.forged("header %s is missing or lacks its prefix".formatted(header));
    }
    String mac = text.substring(prefix.length());
    Optional<byte[]> received = base64 ? StrictBase64.decode(mac) : Digest.fromHex(mac);
    if (received.isEmpty()) {
      return Verdict.forged("header %s holds no %s".formatted(header, base64 ? BASE64 : HEX));
    }
    List<byte[]> expected =
        secrets.stream().map(secret -> Hmac.of(secret, message.body())).toList();
    return Hmac.anyMatches(expected, List.of(received.get()))
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(secrets.size()));
  }
}
