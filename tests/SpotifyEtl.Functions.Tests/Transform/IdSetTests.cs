using System.Text;
using FsCheck.Xunit;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class IdSetTests
{
    [Property]
    public void It_tells_new_ids_from_known_ones_exactly(string[] ids)
    {
        var set = new IdSet();
        var known = new HashSet<string>(StringComparer.Ordinal);

        foreach (var id in ids.Concat(ids).Select(id => Convert.ToBase64String(Encoding.Unicode.GetBytes(id ?? ""))))
        {
            Assert.Equal(known.Add(id), set.Add(Encoding.UTF8.GetBytes(id)));
        }

        Assert.Equal(known.Count, set.Count);
    }

    [Fact]
    public void It_holds_many_ids()
    {
        var set = new IdSet();
        var id = new byte[22];

        foreach (var expected in new[] { true, false })
        {
            for (var i = 0; i < 300_000; i++)
            {
                Assert.Equal(expected, set.Add(Fill(id, i)));
            }
        }

        Assert.Equal(300_000, set.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5_000)]
    [InlineData(3_000_000)]
    public void It_holds_ids_of_any_length(int length)
    {
        var set = new IdSet();
        var id = new byte[length];
        var longer = new byte[length + 1];

        Assert.True(set.Add(id));
        Assert.True(set.Add(longer));
        Assert.True(set.Add("after"u8));
        Assert.False(set.Add(id));
        Assert.False(set.Add(longer));
        Assert.False(set.Add("after"u8));
    }

    [Fact]
    public void A_further_id_costs_at_most_64_bytes_with_all_that_was_allocated_to_grow()
    {
        var id = new byte[22];
        new IdSet().Add(id);
        var set = new IdSet();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000_000; i++)
        {
            set.Add(Fill(id, i));
            if ((i & (i - 1)) == 0 && i >= 100_000)
            {
                Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)(i + 1), 23, 64);
            }
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000.0, 23, 64);
    }

    private static byte[] Fill(byte[] id, int number)
    {
        number.TryFormat(id, out _, "D22");
        return id;
    }
}
