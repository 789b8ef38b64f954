package io.orderbridge.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_256_GCM as WeChat Pay uses it: the tag stands behind the cipher text. */
final class AesGcm {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private AesGcm() {}

  /**
   * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
   * @throws GeneralSecurityException when the tag does not fit: another key, nonce, associated text
   *     or cipher text
   */
  static byte[] apply(int mode, Secret key, byte[] nonce, String associated, byte[] input)
      throws GeneralSecurityException {
    // JDK 17 throws an unchecked ProviderException for a text shorter than its tag.
    if (mode == Cipher.DECRYPT_MODE && input.length < TAG_BITS / Byte.SIZE) {
      throw new AEADBadTagException("cipher text is shorter than its tag");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
    return cipher.doFinal(input);
  }
}
