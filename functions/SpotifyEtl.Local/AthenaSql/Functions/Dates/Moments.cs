namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Microseconds since 1970 from and to calendars.</summary>
internal static class Moments
{
    public static DateTime Of(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static long Microseconds(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The day of an ISO week; Monday is 1.</summary>
    public static DateTime OfWeek(int year, int week, int day) => System.Globalization.ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7));
}
