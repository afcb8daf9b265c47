/// Who may do what: bearer tokens, their scopes and the accounts they are limited to.
@NullMarked
package io.tributary.host.access;

import org.jspecify.annotations.NullMarked;
