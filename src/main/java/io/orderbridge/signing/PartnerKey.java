package io.orderbridge.signing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A partner's RSA key, alone or in a certificate, parsed once. */
final class PartnerKey {
  // Shorter keys count as broken since 2013 (NIST SP 800-131A); WeChat Pay uses 2048.
  private static final int KEY_BITS_MIN = 2048;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String PUBLIC_KEY = "PUBLIC KEY";
  private static final String CERTIFICATE = "CERTIFICATE";

  private final RSAPublicKey key;
  // Null when the partner gave the bare key, which has no validity of its own.
  private final X509Certificate certificate;

  private PartnerKey(RSAPublicKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * Reads the first block of a PEM text.
   *
   * @throws IllegalArgumentException that names the serial and what is expected, never the text
   */
  static PartnerKey parse(String serial, String pem) {
    Matcher block = PEM.matcher(pem);
    if (!block.find()) {
      throw unreadable(serial, "is no PEM text");
    }
    String type = block.group(1);
    if (!type.equals(PUBLIC_KEY) && !type.equals(CERTIFICATE)) {
      throw unreadable(serial, "is a PEM block " + type);
    }
    byte[] der =
        StrictBase64.decode(block.group(2).replaceAll("\\s", ""))
            .orElseThrow(() -> unreadable(serial, "has a PEM block that is not Base64"));
    try {
      return type.equals(PUBLIC_KEY) ? ofKey(serial, der) : ofCertificate(serial, der);
    } catch (GeneralSecurityException e) {
      throw unreadable(
          serial, "has a PEM block that holds no RSA " + type.toLowerCase(Locale.ROOT));
    }
  }

  private static PartnerKey ofKey(String serial, byte[] der) throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    return new PartnerKey(strongRsa(serial, key), null);
  }

  private static PartnerKey ofCertificate(String serial, byte[] der)
      throws GeneralSecurityException {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    return new PartnerKey(strongRsa(serial, certificate.getPublicKey()), certificate);
  }

  private static RSAPublicKey strongRsa(String serial, PublicKey key) {
    if (!(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < KEY_BITS_MIN) {
      throw unreadable(serial, "is no RSA key of at least %d bits".formatted(KEY_BITS_MIN));
    }
    return rsa;
  }

  private static IllegalArgumentException unreadable(String serial, String what) {
    return new IllegalArgumentException(
        ("'keys' of receives: the value of serial '%s' %s; expected the partner's public key"
                + " (-----BEGIN PUBLIC KEY-----) or certificate (-----BEGIN CERTIFICATE-----)"
                + " from its merchant console, for example \"${file:/run/secrets/wechat.pem}\"")
            .formatted(serial, what));
  }

  /** False before and after the validity of a certificate; a bare key is always valid. */
  boolean validAt(Instant now) {
    if (certificate == null) {
      return true;
    }
    try {
      certificate.checkValidity(Date.from(now));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** Whether {@code signature} is this partner's, by SHA256withRSA, over the three parts. */
  boolean signed(String before, byte[] body, String after, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key);
      check.update(before.getBytes(StandardCharsets.UTF_8));
      check.update(body);
      check.update(after.getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK throws when the signature has another length than the key: forged as well.
      return false;
    }
  }
}
