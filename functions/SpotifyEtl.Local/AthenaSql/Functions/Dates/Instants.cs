using System.Globalization;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Microseconds since 1970 from and to calendars.</summary>
internal static class Instants
{
    public static DateTime Of(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static long Microseconds(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The day of an ISO week; Monday is 1.</summary>
    public static DateTime OfWeek(int year, int week, int day) => ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7));

    /// <summary>A difference to UTC, in microseconds, as <c>+01:00</c>.</summary>
    public static string OffsetText(long microseconds)
    {
        var minutes = Math.Abs(microseconds) / 60_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{(microseconds < 0 ? '-' : '+')}{minutes / 60:00}:{minutes % 60:00}");
    }
}
