package io.orderbridge.call;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches one file from a folder here or of an SFTP server. Only a regular file below the folder:
 * names come from messages, and must not lead to what lies beside it. The file stays where it is.
 */
final class FileFetch {
  private final SftpFetch sftp = new SftpFetch();

  /**
   * @return at most one byte more than the limit of the call, which tells that there is more
   * @throws TryLater TARGET_BUSY when the file is not there yet
   * @throws Refusal ADDRESS_REFUSED when the name leads out of the folder
   * @throws IOException when the folder or the server cannot be reached
   */
  byte[] fetch(CallSpec spec, CallRequest asked) throws IOException {
    String name = name(asked);
    return spec.scheme().equals("sftp") ? sftp.fetch(spec, name) : local(spec, name);
  }

  private static String name(CallRequest asked) {
    String name = asked.path().replaceFirst("^/+", "");
    boolean climbs = name.matches("(.*[/\\\\])?\\.\\.?([/\\\\].*)?");
    if (asked.url() != null || name.isEmpty() || climbs || name.indexOf('\0') >= 0) {
      throw outside("needs the name of one file below the folder of the call");
    }
    return name;
  }

  private static byte[] local(CallSpec spec, String name) throws IOException {
    String folder = spec.url().substring("file:".length()).replaceFirst("^//", "");
    Path root = Path.of(folder);
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(folder, null, "is no folder");
    }
    try {
      Path real = root.resolve(name).toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        throw outside("leads out of the folder of the call");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw outside("is no regular file");
      }
      try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
        return in.readNBytes(spec.limits().answer() + 1);
      }
    } catch (NoSuchFileException e) {
      throw notYet(spec, name);
    }
  }

  /** The partner is there and the file is not: no use to ask again within seconds. */
  static final class NotThereYet extends TryLater {
    private static final long serialVersionUID = 1L;

    private NotThereYet(String message) {
      super(Cause.TARGET_BUSY, Optional.empty(), message);
    }
  }

  static TryLater notYet(CallSpec spec, String name) {
    return new NotThereYet("call:%s: the file %s is not there yet".formatted(spec.id(), name));
  }

  static Refusal outside(String what) {
    return new Refusal(Cause.ADDRESS_REFUSED, "/path", "the path of the request " + what);
  }
}
