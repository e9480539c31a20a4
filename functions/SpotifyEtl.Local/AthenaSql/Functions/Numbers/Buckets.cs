using System.Globalization;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>The number of the bucket that a value falls into.</summary>
internal static class Buckets
{
    public static long Of(double value, double one, double other, long count)
    {
        Check(count > 0, "bucketCount must be greater than 0");
        Check(!double.IsNaN(value), "operand must not be NaN");
        Check(double.IsFinite(one), "first bound must be finite");
        Check(double.IsFinite(other), "second bound must be finite");
        Check(!one.Equals(other), "bounds cannot equal each other");

        var (lower, upper) = (Math.Min(one, other), Math.Max(one, other));
        var bucket = value < lower ? 0 : value >= upper ? count + 1 : (long)(count * (value - lower) / (upper - lower) + 1);
        return one > other ? count - bucket + 1 : bucket;
    }

    public static long Of(double value, List<double> bins)
    {
        Check(bins.Count > 0, "Bins cannot be an empty array");
        Check(!double.IsNaN(value), "Operand cannot be NaN");
        var (lower, upper) = (0, bins.Count);
        while (lower < upper)
        {
            Check(bins[lower] <= bins[upper - 1], "Bin values are not sorted in ascending order");
            var index = (lower + upper) / 2;
            Check(double.IsFinite(bins[index]), string.Create(CultureInfo.InvariantCulture, $"Bin value must be finite, got {bins[index]}"));
            (lower, upper) = value < bins[index] ? (lower, index) : (index + 1, upper);
        }

        return lower;
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new PermanentEtlException(otherwise);
        }
    }
}
