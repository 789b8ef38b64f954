/**
 * People who sign in (登录与权限): users, passwords, sessions, one-time links, and the one table of what
 * which role may do. Nothing that is stored signs anybody in, and an unknown name is answered like
 * a known one. Programs with tokens are not people; {@code runtime.ApiAccess} knows them.
 */
package io.orderbridge.account;
