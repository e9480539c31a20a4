using System.Reflection;
using System.Reflection.Emit;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Reads in its compiled code what a class calls.</summary>
internal static class CalledMethods
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The methods that a class calls or hands on, its lambdas and local functions included; generic ones by their definition.</summary>
    public static IEnumerable<MethodBase> Of(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)).SelectMany(Of)
        .Concat(type.GetNestedTypes(All).SelectMany(Of));

    private static IEnumerable<MethodBase> Of(MethodBase caller)
    {
        if (caller.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        for (var at = 0; at < code.Length;)
        {
            var isLong = code[at] == 0xFE;
            var operation = s_codes[isLong ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += isLong ? 2 : 1;
            if (operation.OperandType is OperandType.InlineMethod)
            {
                yield return DefinitionOf(caller, BitConverter.ToInt32(code, at));
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static MethodBase DefinitionOf(MethodBase caller, int token)
    {
        var method = caller.Module.ResolveMethod(
            token,
            caller.DeclaringType!.IsGenericType ? caller.DeclaringType.GetGenericArguments() : null,
            caller.IsGenericMethod ? caller.GetGenericArguments() : null)!;
        return method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
    }
}
