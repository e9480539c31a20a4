using System.Net;
using EmbeddedHost.Hosting;

namespace EmbeddedHost.Http;

/// <summary>Where to listen, once the options are found to be allowed.</summary>
internal static class ListenAddress
{
    /// <exception cref="HostConfigurationException">An option is not allowed, or other machines could reach a host that asks for no key.</exception>
    public static IPEndPoint Of(HttpListenOptions options)
    {
        if (options.Port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new HostConfigurationException($"EmbeddedHost__Http__Port is {options.Port}; it must be from 0 (any that is free) to {IPEndPoint.MaxPort}.");
        }

        if (options.MaxRequestBytes is <= 0 or > int.MaxValue)
        {
            throw new HostConfigurationException(
                $"EmbeddedHost__Http__MaxRequestBytes is {options.MaxRequestBytes}; it must be above zero and at most {int.MaxValue}.");
        }

        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > TimeSpan.FromDays(1))
        {
            throw new HostConfigurationException(
                $"EmbeddedHost__Http__RequestTimeout is {options.RequestTimeout}; it must be above zero and at most a day (1.00:00:00).");
        }

        if (options.PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            throw new HostConfigurationException(
                $"EmbeddedHost__Http__PublicUrl is '{url}'; it must be an http or https address such as https://etl.example.com.");
        }

        var address = AddressOf(options.Address);
        if (!IPAddress.IsLoopback(address) && string.IsNullOrEmpty(options.MasterKey))
        {
            throw new HostConfigurationException(
                $"The host is to listen on {options.Address}, where other machines can reach it, and has no master key. "
                + "Set EmbeddedHost__Http__MasterKey to a long random text, or listen on 127.0.0.1.");
        }

        return new IPEndPoint(address, options.Port);
    }

    /// <summary>Whether it is all of the machine's addresses.</summary>
    public static bool IsAny(HttpListenOptions options) =>
        AddressOf(options.Address) is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>The address for links: the one that is listened on, or the machine's name when that is all of them.</summary>
    public static Uri UrlOf(IPEndPoint configured, int port)
    {
        var isAny = configured.Address.Equals(IPAddress.Any) || configured.Address.Equals(IPAddress.IPv6Any);
        return new UriBuilder(Uri.UriSchemeHttp, isAny ? Environment.MachineName : configured.Address.ToString(), port).Uri;
    }

    private static IPAddress AddressOf(string address) => address switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.TryParse(address, out var parsed)
            ? parsed
            : throw new HostConfigurationException(
                $"EmbeddedHost__Http__Address is '{address}'; it must be an IP address, localhost, or * for all of the machine's addresses."),
    };
}
