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
import java.util.Optional;
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
   * Reads the first block of a PEM text, or the bare Base64 of a public key.
   *
   * @throws IllegalArgumentException that names the serial and what is expected, never the text
   */
  static PartnerKey parse(String serial, String pem) {
    try {
      return read(pem);
    } catch (Unreadable e) {
      throw new IllegalArgumentException(
          "'keys' of receives: the value of serial '%s' %s".formatted(serial, e.getMessage()));
    }
  }

  /** As {@link #parse}, from a setting of {@code sign:}. */
  static PartnerKey ofSetting(SignSettings settings, String setting) {
    try {
      return read(settings.required(setting));
    } catch (Unreadable e) {
      throw settings.wrong(setting, e.getMessage());
    }
  }

  private static PartnerKey read(String pem) throws Unreadable {
    Optional<byte[]> bare = StrictBase64.decode(pem.replaceAll("\\s", ""));
    if (bare.isPresent() && bare.get().length > 0) {
      return der(PUBLIC_KEY, bare.get());
    }
    Matcher block = PEM.matcher(pem);
    if (!block.find()) {
      throw new Unreadable("is no PEM text");
    }
    String type = block.group(1);
    if (!type.equals(PUBLIC_KEY) && !type.equals(CERTIFICATE)) {
      throw new Unreadable("is a PEM block " + type);
    }
    byte[] der =
        StrictBase64.decode(block.group(2).replaceAll("\\s", ""))
            .orElseThrow(() -> new Unreadable("has a PEM block that is not Base64"));
    return der(type, der);
  }

  private static PartnerKey der(String type, byte[] der) throws Unreadable {
    try {
      return type.equals(PUBLIC_KEY) ? ofKey(der) : ofCertificate(der);
    } catch (GeneralSecurityException e) {
      throw new Unreadable("holds no RSA " + type.toLowerCase(Locale.ROOT));
    }
  }

  private static PartnerKey ofKey(byte[] der) throws GeneralSecurityException, Unreadable {
    PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    return new PartnerKey(strongRsa(key), null);
  }

  private static PartnerKey ofCertificate(byte[] der) throws GeneralSecurityException, Unreadable {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    return new PartnerKey(strongRsa(certificate.getPublicKey()), certificate);
  }

  private static RSAPublicKey strongRsa(PublicKey key) throws Unreadable {
    if (!(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < KEY_BITS_MIN) {
      throw new Unreadable("is no RSA key of at least %d bits".formatted(KEY_BITS_MIN));
    }
    return rsa;
  }

  /** Says what is wrong with a key and what is expected, never the text. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super(
          what
              + "; expected the partner's public key (-----BEGIN PUBLIC KEY----- or its Base64) or"
              + " certificate (-----BEGIN CERTIFICATE-----) from its merchant console, for example"
              + " \"${file:/run/secrets/partner.pem}\"");
    }
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
