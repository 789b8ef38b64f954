package io.orderbridge.signing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What a forger may try on a body or a signature. */
final class Tamper {
  private Tamper() {}

  static byte[] bit(byte[] body, int bit) {
    byte[] changed = body.clone();
    changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
    return changed;
  }

  /** Every shorter body, and some with one more byte. */
  static List<byte[]> lengths(byte[] body) {
    List<byte[]> bodies = new ArrayList<>();
    for (int length = 0; length < body.length; length++) {
      bodies.add(Arrays.copyOf(body, length));
    }
    for (char more : "\0 \n\r}".toCharArray()) {
      byte[] longer = Arrays.copyOf(body, body.length + 1);
      longer[body.length] = (byte) more;
      bodies.add(longer);
    }
    return bodies;
  }

  /** Texts that differ from a Base64 signature but not always in the bytes they stand for. */
  static List<String> spellings(String signature) {
    List<String> texts = new ArrayList<>();
    for (int length = 0; length < signature.length(); length++) {
      texts.add(signature.substring(0, length));
    }
    byte[] bytes = Base64.getDecoder().decode(signature);
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      texts.add(Base64.getEncoder().encodeToString(bit(bytes, bit)));
    }
    texts.addAll(
        List.of(
            " " + signature,
            signature + " ",
            signature + "\n",
            signature + "=",
            signature + "AAAA",
            signature + "," + signature,
            looseBits(signature),
            Base64.getMimeEncoder(4, new byte[] {'\n'}).encodeToString(bytes),
            Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - 1)),
            Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length + 1)),
            HexFormat.of().formatHex(bytes),
            "\u0000",
            "é"));
    return texts;
  }

  /** The last letter before the padding has bits that no byte needs; a lax decoder drops them. */
  private static String looseBits(String signature) {
    int last = signature.indexOf('=') - 1;
    char next = (char) (signature.charAt(last) + 1);
    return signature.substring(0, last) + next + signature.substring(last + 1);
  }
}
