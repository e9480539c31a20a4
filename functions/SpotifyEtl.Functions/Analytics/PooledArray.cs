using System.Buffers;

namespace SpotifyEtl.Analytics;

/// <summary>Arrays that grow and are given back: a month's columns are large, and months are many.</summary>
internal static class PooledArray
{
    /// <summary>Makes sure that there are so many elements; those that were there stay.</summary>
    public static void MakeRoom<T>(ref T[] array, int length)
    {
        if (array.Length >= length)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent(Math.Max(length, array.Length * 2));
        array.CopyTo(larger, 0);
        GiveBack(ref array);
        array = larger;
    }

    /// <summary>Gives an array back, of which nothing is to be seen any more.</summary>
    public static void GiveBack<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array, System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>());
            array = [];
        }
    }
}
