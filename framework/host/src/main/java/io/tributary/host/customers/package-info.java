/// Who a customer is: identities, merge and unmerge, timeline, consent.
@NullMarked
package io.tributary.host.customers;

import org.jspecify.annotations.NullMarked;
