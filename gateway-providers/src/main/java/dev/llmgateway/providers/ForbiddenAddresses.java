package dev.llmgateway.providers;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Dns;

/**
 * Addresses that no provider has, but where clouds tell a machine its secrets: link-local ones, and the metadata services
 * that have others. A provider whose address comes from elsewhere than the operator's own file must not point there, or
 * whoever may add providers could read those secrets. Loopback and private addresses are fine.
 */
public final class ForbiddenAddresses {

    /** Names of metadata services, for the case that something else than this machine looks names up. */
    private static final Set<String> NAMES = Set.of(
            "metadata",
            "metadata.google.internal",
            "metadata.goog",
            "metadata.azure.internal",
            "metadata.tencentyun.com",
            "metadata.oraclecloud.com",
            "instance-data",
            "instance-data.ec2.internal");

    /** Beginnings of addresses, in bytes. */
    private static final List<byte[]> BEGINNINGS = List.of(
            bytes(169, 254),
            // Alibaba Cloud, Oracle Cloud, Azure's wire server.
            bytes(100, 100, 100, 200),
            bytes(192, 0, 0, 192),
            bytes(168, 63, 129, 16),
            // AWS's services of an instance, fd00:ec2::/32, and Google's fd20:ce::254.
            bytes(0xfd, 0x00, 0x0e, 0xc2),
            bytes(0xfd, 0x20, 0x00, 0xce));

    /** Where an IPv4 address stands inside of an IPv6 one: NAT64's prefix, 6to4's, and the old compatible form. */
    private static final byte[] NAT64 = bytes(0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final byte[] SIX_TO_FOUR = bytes(0x20, 0x02);

    private ForbiddenAddresses() {}

    /** Whether a provider must not have this address. */
    public static boolean has(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLinkLocalAddress()
                || hasBeginning(bytes)
                || (address instanceof Inet6Address inner && hasBeginning(embedded(inner, bytes)));
    }

    /**
     * Whether a host is a metadata service by its name, or has such an address now, however the address is written. A
     * host that nobody knows has none.
     */
    public static boolean has(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (NAMES.contains(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)) {
            return true;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(name)).anyMatch(ForbiddenAddresses::has);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Looks names up as usual, but finds no host where one of its addresses is forbidden: names may change their meaning. */
    static List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
        if (addresses.stream().anyMatch(ForbiddenAddresses::has)) {
            throw new UnknownHostException(host + " has an address that providers must not have");
        }
        return addresses;
    }

    private static byte[] embedded(Inet6Address address, byte[] bytes) {
        if (startsWith(bytes, SIX_TO_FOUR)) {
            return Arrays.copyOfRange(bytes, 2, 6);
        }
        return startsWith(bytes, NAT64) || address.isIPv4CompatibleAddress()
                ? Arrays.copyOfRange(bytes, 12, 16)
                : bytes;
    }

    private static boolean hasBeginning(byte[] address) {
        return BEGINNINGS.stream()
                .anyMatch(beginning -> isOfItsFamily(beginning, address) && startsWith(address, beginning));
    }

    /** The first bytes of an IPv4 address mean nothing in an IPv6 one. */
    private static boolean isOfItsFamily(byte[] beginning, byte[] address) {
        boolean six = beginning[0] == (byte) 0xfd;
        return six == (address.length == 16);
    }

    private static boolean startsWith(byte[] address, byte[] beginning) {
        return address.length >= beginning.length
                && Arrays.equals(address, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
