using System.Globalization;

namespace EmbeddedHost.Store;

/// <summary>Times as the store keeps them: UTC, ISO 8601 to 100 ns, so that their order as text is their order in time.</summary>
internal static class Timestamp
{
    public static string Write(DateTime utc) => utc.ToString("O", CultureInfo.InvariantCulture);

    public static DateTime Read(string text) => DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
