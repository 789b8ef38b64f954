package io.orderbridge.account;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every method and path that a resource class of the product answers, found in the classes. */
final class ProductPaths {
  private static final java.nio.file.Path ROOT = java.nio.file.Path.of("src/main/java");

  private ProductPaths() {}

  /** For example {@code GET /api/orders/{shop}/{number}}; a path of two media types once. */
  static List<String> all() {
    List<String> found = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(ProductPaths::type)
          .filter(type -> type.isAnnotationPresent(Path.class))
          .forEach(type -> collect(type, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().distinct().sorted().toList();
  }

  private static Class<?> type(java.nio.file.Path file) {
    String name = ROOT.relativize(file).toString().replace(".java", "").replace('/', '.');
    try {
      return Class.forName(name, false, ProductPaths.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(file + " has no class of its name", e);
    }
  }

  private static void collect(Class<?> type, List<String> found) {
    String root = type.getAnnotation(Path.class).value();
    for (Method method : type.getDeclaredMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          Path path = method.getAnnotation(Path.class);
          String whole = root + (path == null ? "" : path.value());
          found.add(verb.value() + " " + withoutPatterns(whole));
        }
      }
    }
  }

  private static String withoutPatterns(String path) {
    StringBuilder plain = new StringBuilder();
    int depth = 0;
    boolean pattern = false;
    for (char c : path.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      pattern = depth > 0 && (pattern || c == ':');
      if (!pattern) {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
