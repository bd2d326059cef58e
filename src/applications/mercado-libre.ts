import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "mercado-libre",
  title: "Mercado Libre",
  source: "https://www.mercadolibre.com",
  applications: [
    {
      name: "mercado-libre",
      title: "Mercado Libre",
      category: "shopping",
      hosts: [
        "mercadolibre.com",
        "mercadolivre.com.br",
        "mercadolibre.com.ar",
        "mercadolibre.com.mx",
        "mlstatic.com",
        "mercadolibre.cl",
        "mercadolibre.com.co",
      ],
    },
    {
      name: "mercado-pago",
      title: "Mercado Pago",
      category: "finance",
      source: "https://www.mercadopago.com",
      hosts: ["mercadopago.com", "mercadopago.com.br", "mercadopago.com.ar"],
    },
  ],
});
