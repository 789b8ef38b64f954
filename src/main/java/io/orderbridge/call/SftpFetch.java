package io.orderbridge.call;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.orderbridge.call.CallSpec.Login;
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
   */
  byte[] fetch(CallSpec spec, String name) throws IOException {
    int deadline = (int) spec.limits().deadline().toMillis();
    Session session = null;
    try {
      session = session(spec);
      session.connect(deadline);
      ChannelSftp sftp = (ChannelSftp) session.openChannel(CHANNEL);
      sftp.connect(deadline);
      return read(sftp, spec, name);
    } catch (JSchException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (session != null) {
        session.disconnect();
      }
    }
  }

  private static Session session(CallSpec spec) throws JSchException {
    Login login = spec.login();
    URI uri = spec.uri();
    JSch jsch = new JSch();
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
    return session;
  }

  private static byte[] read(ChannelSftp sftp, CallSpec spec, String name) throws IOException {
    try {
      String path = spec.uri().getPath();
      String root = sftp.realpath(path.isEmpty() ? "." : path);
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
      throw new IOException("the server answers %d to a file request".formatted(e.id), e);
    }
  }
}
