using System.Runtime.InteropServices;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// An exact set of ids. It keeps their bytes one after another in a few large chunks and finds them by open addressing, so that a
/// further id of 22 bytes costs at most 64 bytes even while the slots are being doubled.
/// </summary>
internal sealed class IdSet
{
    // A slot is 0 when free, else 28 bits of the id's hash above 36 bits of its place plus one: the chunk's number and 20 bits of position.
    private const int PlaceBits = 36;
    private const int PositionBits = 20;
    private const ulong PlaceMask = (1UL << PlaceBits) - 1;
    private const int FirstChunkBytes = 1 << 12;
    private const int LargestChunkBytes = 1 << PositionBits;

    private readonly List<byte[]> _chunks = [];
    private ulong[] _slots = new ulong[32];
    private int _used;
    private int _count;

    public int Count => _count;

    /// <summary>Adds an id; false when the set has it already.</summary>
    public bool Add(ReadOnlySpan<byte> id)
    {
        var tag = TagOf(id);
        var mask = _slots.Length - 1;
        var index = HomeOf(tag, _slots.Length);
        for (; _slots[index] != 0; index = (index + 1) & mask)
        {
            if (_slots[index] >> PlaceBits == tag && IdAt((_slots[index] & PlaceMask) - 1).SequenceEqual(id))
            {
                return false;
            }
        }

        _slots[index] = (tag << PlaceBits) | (Store(id) + 1);
        _count++;
        if (_count > _slots.Length / 5 * 4)
        {
            DoubleSlots();
        }

        return true;
    }

    private static ulong TagOf(ReadOnlySpan<byte> id)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        return (uint)hash.ToHashCode() >> 4;
    }

    // The place in the slots depends on the tag alone, so that doubling never looks at the ids.
    private static int HomeOf(ulong tag, int slots) => (int)((tag * 0x9E3779B97F4A7C15) >> (64 - int.Log2(slots)));

    private ReadOnlySpan<byte> IdAt(ulong place)
    {
        var entry = _chunks[(int)(place >> PositionBits)].AsSpan((int)(place & (LargestChunkBytes - 1)));
        int length = entry[0];
        if (length < byte.MaxValue)
        {
            return entry.Slice(1, length);
        }

        return entry.Slice(1 + sizeof(int), MemoryMarshal.Read<int>(entry[1..]));
    }

    private ulong Store(ReadOnlySpan<byte> id)
    {
        var prefix = id.Length < byte.MaxValue ? 1 : 1 + sizeof(int);
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < prefix + id.Length)
        {
            var size = _chunks.Count == 0 ? FirstChunkBytes : Math.Min(LargestChunkBytes, _chunks[^1].Length * 2L);
            _chunks.Add(new byte[Math.Max(size, prefix + id.Length)]);
            _used = 0;
        }

        var entry = _chunks[^1].AsSpan(_used);
        entry[0] = (byte)Math.Min(id.Length, byte.MaxValue);
        if (prefix > 1)
        {
            MemoryMarshal.Write(entry[1..], id.Length);
        }

        id.CopyTo(entry[prefix..]);
        var place = ((ulong)(_chunks.Count - 1) << PositionBits) | (uint)_used;
        _used += prefix + id.Length;
        return place;
    }

    private void DoubleSlots()
    {
        var slots = new ulong[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot != 0)
            {
                var index = HomeOf(slot >> PlaceBits, slots.Length);
                while (slots[index] != 0)
                {
                    index = (index + 1) & (slots.Length - 1);
                }

                slots[index] = slot;
            }
        }

        _slots = slots;
    }
}
