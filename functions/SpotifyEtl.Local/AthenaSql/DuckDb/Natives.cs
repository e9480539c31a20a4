using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>What casts and operators compute in C#, as DuckDB has nothing that is exactly it.</summary>
internal static class Natives
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        NativeFunction.Of<long, string>("athena_months_text", IntervalText.OfMonths),
        NativeFunction.Of<long, string>("athena_duration_text", IntervalText.OfMicroseconds),
        NativeFunction.Of<string, DateTime>("athena_date", Date),
        NativeFunction.Of<string, DateTime>("athena_timestamp", Timestamp),
        NativeFunction.Of<string, DateTime>("athena_time", Time),
        NativeFunction.Of<string, DateTime>("athena_instant_of", text => WithZone(text) is var (local, zone) ? Zones.ToInstant(local, zone) : default),
        NativeFunction.Of<string, string>("athena_zone_of", text => WithZone(text).Zone),
        NativeFunction.Of<string, string, int, string>("athena_decimal_divide", Divide),
        NativeFunction.Of<string, string, string>("athena_decimal_modulus", Modulus),
    ];

    private static readonly ConditionalWeakTable<DuckDBConnection, HashSet<string>> s_known = [];

    /// <summary>Makes known to a connection what a statement calls: each costs some of its first milliseconds.</summary>
    public static void Prepare(DuckDBConnection connection, string sql)
    {
        var known = s_known.GetValue(connection, _ => new HashSet<string>(StringComparer.Ordinal));
        foreach (var native in All.Where(native => sql.Contains(native.Name + "(", StringComparison.Ordinal) && known.Add(native.Name)))
        {
            native.Register(connection);
        }

        AthenaFunctions.Prepare(connection, sql);
    }

    private static DateTime Date(string text) => Moments.Timestamp(text) is { Zone: null, Local: var date } && date.TimeOfDay == TimeSpan.Zero
        && Moments.Date(text) is not null
        ? date
        : throw new PermanentEtlException($"Value cannot be cast to date: {text}");

    private static DateTime Timestamp(string text) => Moments.Timestamp(text) is { Zone: null, Local: var moment }
        ? moment
        : throw new PermanentEtlException($"Value cannot be cast to timestamp: {text}");

    private static DateTime Time(string text) => Moments.Time(text) is var (time, _)
        ? new DateTime(2000, 1, 1).Add(time)
        : throw new PermanentEtlException($"Value cannot be cast to time: {text}");

    private static (DateTime Local, string Zone) WithZone(string text) => Moments.Timestamp(text) is { } moment
        ? (Moments.Round(moment.Local, 3), Zones.Normal(moment.Zone ?? "UTC"))
        : throw new PermanentEtlException($"Value cannot be cast to timestamp with time zone: {text}");

    // Rounded to the scale, the half up.
    private static string Divide(string dividend, string divisor, int scale)
    {
        var ((numerator, before), (denominator, after)) = (Parts(dividend), Parts(divisor));
        if (denominator.IsZero)
        {
            throw new PermanentEtlException("Division by zero");
        }

        var shift = scale - before + after;
        (numerator, denominator) = shift >= 0
            ? (numerator * BigInteger.Pow(10, shift), denominator)
            : (numerator, denominator * BigInteger.Pow(10, -shift));
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator), BigInteger.Abs(denominator), out var rest);
        quotient += rest * 2 >= BigInteger.Abs(denominator) ? 1 : 0;
        return Text(numerator.Sign * denominator.Sign < 0 ? -quotient : quotient, scale);
    }

    private static string Modulus(string dividend, string divisor)
    {
        var ((left, before), (right, after)) = (Parts(dividend), Parts(divisor));
        var scale = Math.Max(before, after);
        return right.IsZero
            ? throw new PermanentEtlException("Division by zero")
            : Text(BigInteger.Remainder(left * BigInteger.Pow(10, scale - before), right * BigInteger.Pow(10, scale - after)), scale);
    }

    private static (BigInteger Digits, int Scale) Parts(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (
            BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : text.Length - point - 1);
    }

    private static string Text(BigInteger digits, int scale)
    {
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (digits.Sign < 0 ? "-" : "") + (scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
    }
}
