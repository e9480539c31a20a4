using System.Text;

namespace SpotifyEtl.Local.Report;

/// <summary>Addresses of images in the data, which anyone may have written: those of Spotify's image servers are taken, and no others.</summary>
public static class ImageAddress
{
    private static readonly string[] s_domains = ["scdn.co", "spotifycdn.com"];

    /// <summary>What a page that shows such images has to allow itself.</summary>
    public static string Sources { get; } = string.Join(' ', s_domains.Select(domain => $"https://*.{domain}"));

    /// <summary>The address, written out; null: it is none that is taken.</summary>
    public static string? Of(string text) =>
        Ascii.IsValid(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address is { Scheme: "https", IsDefaultPort: true, UserInfo: "" }
        && s_domains.Any(domain => address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
            ? address.AbsoluteUri
            : null;
}
