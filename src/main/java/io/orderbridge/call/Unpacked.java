package io.orderbridge.call;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** An answer's bytes, unpacked and compared with the hash that the partner told. */
final class Unpacked {
  private Unpacked() {}

  /**
   * @throws Refusal ANSWER_BROKEN when it is larger than the limit, packed or unpacked
   * @throws TryLater ANSWER_BROKEN when it is no gzip, broke off, or has another hash
   */
  static byte[] of(byte[] body, CallRequest asked, CallSpec spec) {
    byte[] bytes = bounded(body, spec);
    if (asked.gzip()) {
      bytes = bounded(unzipped(bytes, spec), spec);
    }
    if (asked.sha1() != null && !asked.sha1().equalsIgnoreCase(sha1(bytes))) {
      throw broken(spec, "%d bytes do not have the hash that was told".formatted(bytes.length));
    }
    return bytes;
  }

  static byte[] bounded(byte[] bytes, CallSpec spec) {
    if (bytes.length > spec.limits().answer()) {
      throw new Refusal(
          Cause.ANSWER_BROKEN,
          "",
          "the answer to call:%s is larger than %d bytes; raise limits.answer of the call or ask"
                  .formatted(spec.id(), spec.limits().answer())
              + " for less");
    }
    return bytes;
  }

  // One byte more than allowed is unpacked at most, whatever a small answer pretends to hold.
  private static byte[] unzipped(byte[] packed, CallSpec spec) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(spec.limits().answer() + 1);
    } catch (IOException e) {
      throw broken(spec, "%d bytes are no complete gzip".formatted(packed.length));
    }
  }

  private static TryLater broken(CallSpec spec, String why) {
    return new TryLater(
        Cause.ANSWER_BROKEN,
        Optional.empty(),
        "the answer to call:%s is broken: %s".formatted(spec.id(), why));
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
