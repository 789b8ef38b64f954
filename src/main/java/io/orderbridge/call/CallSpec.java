package io.orderbridge.call;

import io.orderbridge.signing.RequestSigner;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One entry of {@code calls:} in a connection file: how requests of a kind are sent.
 *
 * @param connection the folder
 * @param name routes name it {@code call:<connection>/<name>}
 * @param url where a request's path begins: http, https, file or sftp
 * @param hosts further hosts that an absolute address in a request may name, {@code *.suffix} too
 * @param method null: POST when the request has a body or a form, else GET
 * @param send how a request's body goes out
 * @param signer null when calls are not signed
 * @param token whether the connection's access token goes along
 * @param headers the same on every request to the url's own host
 * @param answers what its answers mean; the first that matches decides
 * @param login for sftp; null elsewhere
 */
public record CallSpec(
    String connection,
    String name,
    String url,
    List<String> hosts,
    String method,
    Send send,
    RequestSigner signer,
    boolean token,
    Map<String, String> headers,
    Limits limits,
    Breaker breaker,
    List<AnswerRule> answers,
    Login login) {
  public CallSpec {
    hosts = List.copyOf(hosts);
    headers = Map.copyOf(headers);
    answers = List.copyOf(answers);
  }

  /** How a request's body goes out. */
  public enum Send {
    FORM("application/x-www-form-urlencoded;charset=UTF-8"),
    JSON("application/json"),
    XML("text/xml;charset=UTF-8"),
    TEXT("text/plain;charset=UTF-8");

    private final String contentType;

    Send(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }
  }

  /**
   * Who we are to an SFTP server.
   *
   * @param password empty when a key is used
   * @param privateKey of OpenSSH or PEM as text; empty when a password is used
   * @param knownHosts lines of an OpenSSH {@code known_hosts}; only such a server is talked to
   */
  public record Login(String user, String password, String privateKey, String knownHosts) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** The name under which routes know it, {@code <connection>/<name>}. */
  public String id() {
    return connection + "/" + name;
  }

  String scheme() {
    return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  boolean speaksHttp() {
    return scheme().startsWith("http");
  }

  URI uri() {
    return URI.create(url);
  }

  /** Without the settings: they may hold secrets. */
  @Override
  public String toString() {
    return "CallSpec[" + id() + "]";
  }
}
