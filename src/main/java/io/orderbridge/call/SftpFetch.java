package io.orderbridge.call;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.orderbridge.call.CallSpec.Login;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Fetches one file by SFTP. The library below Camel's own component is used without its endpoint,
 * because login and file are known here only when the call is made, and an address with a password
 * in it is nothing to hand around. The server must be in {@code known-hosts}.
 */
final class SftpFetch {
  private static final int PORT = 22;
  private static final String CHANNEL = "sftp";

  /**
   * @param name below the folder of the call, without {@code ..}
   * @throws Refusal TARGET_REFUSED when the server is another one, or does not let us in: asking
   *     again with the same login may lock it
   */
  byte[] fetch(CallSpec spec, String name) throws IOException {
    int deadline = (int) spec.limits().deadline().toMillis();
    Session session = null;
    try (SftpLine line = new SftpLine(deadline)) {
      session = session(spec, line);
      try {
        session.connect(deadline);
        ChannelSftp sftp = (ChannelSftp) session.openChannel(CHANNEL);
        sftp.connect(deadline);
        return read(sftp, spec, name);
      } catch (JSchException | IOException e) {
        throw line.isOver()
            ? new IOException("no whole answer within %d ms".formatted(deadline), e)
            : broken(spec, e);
      }
    } finally {
      if (session != null) {
        session.disconnect();
      }
    }
  }

  private static Session session(CallSpec spec, SftpLine line) throws IOException {
    Login login = spec.login();
    URI uri = spec.uri();
    JSch jsch = new JSch();
    try {
      jsch.setKnownHosts(
          new ByteArrayInputStream(login.knownHosts().getBytes(StandardCharsets.UTF_8)));
      if (!login.privateKey().isEmpty()) {
        byte[] key = (login.privateKey() + "\n").getBytes(StandardCharsets.UTF_8);
        jsch.addIdentity(spec.id(), key, null, null);
      }
      int port = uri.getPort() < 0 ? PORT : uri.getPort();
      Session session = jsch.getSession(login.user(), uri.getHost(), port);
      if (!login.password().isEmpty()) {
        session.setPassword(login.password());
      }
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("PreferredAuthentications", "publickey,password");
      session.setTimeout((int) spec.limits().deadline().toMillis());
      session.setSocketFactory(line);
      return session;
    } catch (JSchException e) {
      throw refused(spec, "'login' has no private-key or known-hosts that can be read", e);
    }
  }

  private static IOException broken(CallSpec spec, Exception e) {
    if (e instanceof JSchHostKeyException) {
      throw refused(
          spec,
          "the server does not have the key that stands in login.known-hosts; ask its operator for"
              + " the fingerprint before you change it",
          e);
    }
    // The library has no type for it.
    if (e instanceof JSchException && String.valueOf(e.getMessage()).matches("(?i)(user)?auth.*")) {
      throw refused(spec, "the server does not let us in; correct 'login'", e);
    }
    return e instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }

  private static Refusal refused(CallSpec spec, String what, Exception e) {
    return new Refusal(Cause.TARGET_REFUSED, "call:" + spec.id(), what, e);
  }

  private static byte[] read(ChannelSftp sftp, CallSpec spec, String name) throws IOException {
    String root = root(sftp, spec);
    try {
      String real = sftp.realpath(root + "/" + name);
      if (!real.startsWith(root.endsWith("/") ? root : root + "/")) {
        throw FileFetch.outside("leads out of the folder of the call");
      }
      // Some servers do not follow links in realpath, so no step of the way may be one.
      String step = root;
      for (String part : name.split("/+")) {
        step = step + "/" + part;
        if (sftp.lstat(step).isLink()) {
          throw FileFetch.outside("leads over a link");
        }
      }
      if (!sftp.lstat(real).isReg()) {
        throw FileFetch.outside("is no regular file");
      }
      try (InputStream in = sftp.get(real)) {
        return in.readNBytes(spec.limits().answer() + 1);
      }
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw FileFetch.notYet(spec, name);
      }
      throw answered(e);
    }
  }

  // A folder that is away is no file that is late.
  private static String root(ChannelSftp sftp, CallSpec spec) throws IOException {
    try {
      String path = spec.uri().getPath();
      String root = sftp.realpath(path.isEmpty() ? "." : path);
      if (sftp.stat(root).isDir()) {
        return root;
      }
      throw new IOException("%s is no folder on the server".formatted(path));
    } catch (SftpException e) {
      throw answered(e);
    }
  }

  private static IOException answered(SftpException e) {
    return new IOException("the server answers %d to a file request".formatted(e.id), e);
  }
}
