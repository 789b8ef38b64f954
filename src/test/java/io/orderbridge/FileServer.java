package io.orderbridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on this machine, with users who have a password or a key. */
public final class FileServer implements AutoCloseable {
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
  private final AtomicInteger logins = new AtomicInteger();
  private final KeyPair host = keyPair();
  private final SshServer server = SshServer.setUpDefaultServer();
  private volatile Duration slowness = Duration.ZERO;

  /**
   * @param folder what its users see as {@code /}
   */
  public FileServer(Path folder) {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
    server.setPasswordAuthenticator(this::isPassword);
    server.setPublickeyAuthenticator(
        (user, key, session) -> KeyUtils.compareKeys(keys.get(user), key));
    SftpSubsystemFactory files = new SftpSubsystemFactory();
    files.addSftpEventListener(
        new SftpEventListener() {
          @Override
          public void reading(
              ServerSession session,
              String handle,
              FileHandle file,
              long offset,
              byte[] into,
              int at,
              int length) {
            Await.pause(slowness);
          }
        });
    server.setSubsystemFactories(List.of(files));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isPassword(String user, String password, ServerSession session) {
    logins.incrementAndGet();
    return password.equals(passwords.get(user));
  }

  public FileServer withPassword(String user, String password) {
    passwords.put(user, password);
    return this;
  }

  public FileServer withKey(String user, PublicKey key) {
    keys.put(user, key);
    return this;
  }

  /** Waits so long before it gives the next piece of a file, 32 KB at most. */
  public void slow(Duration each) {
    slowness = each;
  }

  /** How often somebody tried a password. */
  public int logins() {
    return logins.get();
  }

  public int port() {
    return server.getPort();
  }

  /** Its line of a {@code known_hosts}. */
  public String knownHosts() {
    return knownHosts(port(), host.getPublic());
  }

  /** The line of a server on that port that has that key. */
  public static String knownHosts(int port, PublicKey key) {
    return "[127.0.0.1]:%d %s".formatted(port, PublicKeyEntry.toString(key));
  }

  /** A new key, for a server or a user. */
  public static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has EC", e);
    }
  }

  /** The private key as {@code ssh-keygen} writes it. */
  public static String openSsh(KeyPair pair) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "", null, text);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the key is written to memory", e);
    }
    return text.toString(StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
